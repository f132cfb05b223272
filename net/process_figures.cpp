// SPDX-License-Identifier: Apache-2.0
#include "net/process_figures.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sched.h>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace convoy::net {

namespace {

/// The fields of `/proc/self/stat` from the third on: the second, a name in
/// brackets, may hold anything.
std::vector<double> read_stat() {
  std::ifstream from{"/proc/self/stat"};
  const std::string text{std::istreambuf_iterator<char>{from}, {}};
  std::istringstream rest{text.substr(text.rfind(')') + 1)};
  std::string state;
  rest >> state;
  std::vector<double> result{0};
  for (double value = 0; rest >> value;)
    result.push_back(value);
  return result;
}

/// When the machine was started, in seconds since the Unix epoch.
double boot_time() {
  std::ifstream from{"/proc/stat"};
  for (std::string word; from >> word;)
    if (double value = 0; word == "btime" && from >> value)
      return value;
  return 0;
}

} // namespace

process_figures read_process_figures() {
  // By their numbers in proc(5).
  constexpr std::size_t user_time = 14;
  constexpr std::size_t system_time = 15;
  constexpr std::size_t threads = 20;
  constexpr std::size_t start_time = 22;
  constexpr std::size_t virtual_size = 23;
  constexpr std::size_t resident_pages = 24;
  constexpr std::size_t first = 3;
  process_figures result;
  const auto stat = read_stat();
  if (stat.size() > resident_pages - first) {
    const auto field = [&](std::size_t number) {
      return stat[number - first];
    };
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    result.cpu_seconds = (field(user_time) + field(system_time)) / ticks;
    result.started = boot_time() + field(start_time) / ticks;
    result.virtual_bytes = field(virtual_size);
    result.resident_bytes =
        field(resident_pages) * static_cast<double>(sysconf(_SC_PAGESIZE));
    result.threads = field(threads);
  }
  std::error_code gone; // a system without /proc
  for (std::filesystem::directory_iterator i{"/proc/self/fd", gone}, end;
       !gone && i != end; i.increment(gone))
    ++result.open_files;
  // The one that we count with.
  if (result.open_files > 0)
    --result.open_files;
  if (rlimit files{}; getrlimit(RLIMIT_NOFILE, &files) == 0)
    result.max_files = static_cast<double>(files.rlim_cur);
  return result;
}

std::vector<std::pair<const char*, double>> list_process_figures() {
  const auto now = read_process_figures();
  return {{"cpu_seconds", now.cpu_seconds},
          {"resident_bytes", now.resident_bytes},
          {"open_files", now.open_files},
          {"threads", now.threads},
          {"started", now.started}};
}

void raise_file_limit() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
}

unsigned usable_cores() {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof(cores), &cores) != 0)
    return std::max(1u, std::thread::hardware_concurrency());
  return static_cast<unsigned>(CPU_COUNT(&cores));
}

} // namespace convoy::net
