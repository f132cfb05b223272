// SPDX-License-Identifier: Apache-2.0
#include "net/process_figures.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <unistd.h>
#include <vector>

using namespace convoy::net;

TEST_CASE("the kernel says how the process is doing") {
  const auto figures = read_process_figures();
  CHECK(figures.resident_bytes > 1'000'000);
  CHECK(figures.virtual_bytes >= figures.resident_bytes);
  CHECK(figures.threads >= 1);
  CHECK(figures.max_files >= 1);
  // After this was written, and before the machine's clock.
  CHECK(figures.started > 1'700'000'000);
}

TEST_CASE("files that are open are counted") {
  const auto before = read_process_figures().open_files;
  std::vector<int> files;
  for (auto n = 0; n < 5; ++n)
    files.push_back(open("/dev/null", O_RDONLY | O_CLOEXEC));
  CHECK(read_process_figures().open_files == before + 5);
  for (const auto each : files)
    close(each);
  CHECK(read_process_figures().open_files == before);
}

TEST_CASE("the file limit is raised as far as it may be") {
  raise_file_limit();
  const auto first = read_process_figures().max_files;
  raise_file_limit();
  CHECK(read_process_figures().max_files == first);
  CHECK(usable_cores() >= 1);
}
