// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http_inspection.hpp"
#include "net/http_service.hpp"
#include "net/metrics.hpp"

#include <boost/asio/ip/address.hpp>

#include <string>

namespace convoy::net {

/// What is counted, and said in the log, of one HTTP request.
class request_note {
public:
  /// A request of which nothing has come yet.
  explicit request_note(const http_service& service);

  /// Its head has come: it is part of the trace that it names, or of a new one.
  void read(const beast_request& head);
  /// All of it has come.
  void complete();
  /// It is for a page that is made, not for a file.
  void is_page();
  /// It was answered. `head` is null where none came.
  void answered(unsigned status, const beast_request* head,
                const boost::asio::ip::address& peer) const;

  /// 32 hex digits.
  const std::string& trace_id() const noexcept {
    return trace_id_;
  }

private:
  const http_service* service_;
  std::string trace_id_;
  request_class class_ = request_class::content;
  protocol::instant asked_;
};

} // namespace convoy::net
