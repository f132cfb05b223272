// SPDX-License-Identifier: Apache-2.0
#include "net/name_lookup.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace convoy::net {

namespace asio = boost::asio;

namespace {

lookup_result look_up(const std::string& host) {
  asio::io_context context;
  asio::ip::tcp::resolver resolver{context};
  boost::system::error_code error;
  lookup_result out;
  for (const auto& entry : resolver.resolve(host, "", error))
    out.addresses.push_back(entry.endpoint().address());
  if (error || out.addresses.empty()) {
    out.problem = "Could not resolve host " + host + ".";
    out.is_unknown = true;
  }
  return out;
}

} // namespace

name_lookup::name_lookup(unsigned threads, std::size_t bound)
    : bound_(bound), threads_(std::max(threads, 1u)) {
  // nop
}

name_lookup::~name_lookup() {
  threads_.stop();
  threads_.join();
}

void name_lookup::find(std::string host, std::function<bool()> is_wanted,
                       std::function<void(lookup_result)> done) {
  boost::system::error_code not_an_address;
  auto address = asio::ip::make_address(host, not_an_address);
  if (!not_an_address) {
    done({{address}, {}, false});
    return;
  }
  if (++waiting_ > bound_) {
    --waiting_;
    done({{}, "Too many names are being looked up.", false});
    return;
  }
  asio::post(threads_,
             [this, host = std::move(host), is_wanted = std::move(is_wanted),
              done = std::move(done)] {
               --waiting_;
               if (is_wanted())
                 done(look_up(host));
             });
}

} // namespace convoy::net
