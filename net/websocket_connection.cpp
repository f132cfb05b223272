// SPDX-License-Identifier: Apache-2.0
#include "net/websocket_connection.hpp"

#include "net/log.hpp"
#include "net/metrics.hpp"
#include "protocol/frame.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace convoy::net {

namespace {

namespace websocket = boost::beast::websocket;

/// A read buffer that grew beyond this goes back as soon as it is empty.
constexpr std::size_t kept_buffer_size = 4096;
constexpr std::size_t first_piece_size = 512;
constexpr std::size_t next_piece_size = 16'384;
constexpr std::uint16_t going_away = 1001;
constexpr std::uint16_t try_again_later = 1013;

} // namespace

websocket_connection::websocket_connection(
    tcp_socket socket, std::string early,
    std::shared_ptr<const http_service> service,
    connection_registry::slot place)
    : service_(std::move(service)),
      place_(std::move(place)),
      stream_(std::move(socket), service_->settings.outbox, std::move(early),
              static_cast<coalescing_stream::owner&>(*this)),
      timer_(stream_.get_executor()),
      last_activity_(now()),
      last_ping_(last_activity_) {
  stream_.read_message_max(protocol::max_frame_size);
  stream_.auto_fragment(false);
}

void websocket_connection::accept(const upgrade& head,
                                  protocol::http_request request) {
  place_.hold(weak_from_this());
  trace_id_ = request.trace_id;
  stream_.set_option(websocket::stream_base::decorator(
      [this](websocket::response_type& response) {
        response.set("X-Request-Id", trace_id_);
      }));
  wait_for_deadline();
  stream_.async_accept(
      head, [self = shared_from_this(),
             request = std::move(request)](error_code error) mutable {
        if (error)
          self->drop();
        else if (!self->ended_)
          self->on_accepted(std::move(request));
      });
}

void websocket_connection::on_accepted(protocol::http_request request) {
  constexpr unsigned switching_protocols = 101;
  const auto& counts = *service_->settings.counts;
  counts.http_requests(request_class::events, switching_protocols).add();
  observer_ =
      service_->routes->on_websocket(std::move(request), shared_from_this());
  read();
}

// -- reading ------------------------------------------------------------------

void websocket_connection::read() {
  if (ended_ || std::exchange(reading_, true))
    return;
  // In pieces, for Beast sets as much room aside as is asked for at once, and
  // an idle session must not pay for a long message.
  stream_.async_read_some(
      buffer_, buffer_.size() == 0 ? first_piece_size : next_piece_size,
      [self = shared_from_this()](error_code error, std::size_t) {
        self->reading_ = false;
        if (error)
          self->end();
        else if (self->stream_.is_message_done())
          self->on_message();
        else
          self->read();
      });
}

void websocket_connection::on_message() {
  auto text = buffer_.cdata();
  if (!closing_)
    batch_.push_back(protocol::decode_request(
        {static_cast<const char*>(text.data()), text.size()}));
  buffer_.consume(buffer_.size());
  if (buffer_.capacity() > kept_buffer_size)
    buffer_.shrink_to_fit();
  bool full = false;
  if (!closing_) {
    std::lock_guard guard{flow_mutex_};
    full = ++unhandled_ >= service_->settings.max_unhandled_requests;
    paused_ = full;
  }
  if (full)
    deliver();
  else
    read();
}

void websocket_connection::on_input_exhausted() {
  last_activity_ = now();
  deliver();
}

void websocket_connection::deliver() {
  if (!batch_.empty() && observer_ && !closing_)
    observer_->on_requests(std::exchange(batch_, {}));
}

void websocket_connection::handled(std::size_t count) {
  {
    std::lock_guard guard{flow_mutex_};
    unhandled_ -= std::min(count, unhandled_);
    // Half of the bound, so that one read finds work for several.
    if (!paused_ || unhandled_ > service_->settings.max_unhandled_requests / 2)
      return;
    paused_ = false;
  }
  asio::post(stream_.get_executor(),
             [self = shared_from_this()] { self->read(); });
}

// -- writing ------------------------------------------------------------------

void websocket_connection::send(std::span<const payload> frames) {
  using result = coalescing_stream::push_result;
  switch (stream_.next_layer().push(frames)) {
  case result::queued:
    return;
  case result::flush:
    on_output();
    return;
  case result::full:
    if (overflowed_.exchange(true))
      return;
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
      log::info("session-too-slow", {{"trace_id", self->trace_id_}});
      self->service_->settings.counts->slow_consumer_closes.add();
      self->start_close(try_again_later, "Too slow: connect again and resume.",
                        true);
    });
  }
}

void websocket_connection::on_output() {
  asio::post(stream_.get_executor(),
             [self = shared_from_this()] { self->flush(); });
}

void websocket_connection::flush() {
  using result = coalescing_stream::flush_result;
  std::size_t text_bytes = 0;
  auto outcome = stream_.next_layer().flush(text_bytes);
  if (text_bytes > 0) {
    last_activity_ = now();
    service_->settings.counts->event_bytes.add(text_bytes);
  }
  switch (outcome) {
  case result::done:
    tell_sent();
    return;
  case result::more:
    on_output();
    return;
  case result::blocked:
    stream_.next_layer().socket().async_wait(
        tcp_socket::wait_write, [self = shared_from_this()](error_code error) {
          if (!error)
            self->flush();
        });
    return;
  case result::failed:
    drop();
  }
}

void websocket_connection::ask_sent() {
  asio::post(stream_.get_executor(), [self = shared_from_this()] {
    self->sent_asked_ = true;
    if (self->stream_.next_layer().idle())
      self->tell_sent();
  });
}

void websocket_connection::tell_sent() {
  if (sent_asked_ && observer_ && !closing_) {
    sent_asked_ = false;
    observer_->on_sent();
  }
}

// -- closing ------------------------------------------------------------------

void websocket_connection::close(std::uint16_t code, std::string reason) {
  asio::post(stream_.get_executor(),
             [self = shared_from_this(), code, reason = std::move(reason)] {
               self->start_close(code, reason, false);
             });
}

void websocket_connection::start_close(std::uint16_t code,
                                       std::string_view reason, bool drop) {
  if (ended_ || std::exchange(closing_, true))
    return;
  batch_.clear();
  stream_.next_layer().finish(code, reason, drop);
  close_deadline_ = now() + service_->settings.close_timeout;
  wait_for_deadline();
  // Reading goes on, or begins again, to see the answer.
  read();
}

void websocket_connection::leave() {
  close(going_away, "The node stops: connect again.");
}

void websocket_connection::shut() {
  asio::post(stream_.get_executor(),
             [self = shared_from_this()] { self->drop(); });
}

void websocket_connection::drop() {
  stream_.next_layer().shut();
  if (!reading_)
    end();
}

void websocket_connection::end() {
  if (std::exchange(ended_, true))
    return;
  stream_.next_layer().shut();
  timer_.cancel();
  batch_ = {};
  buffer_ = {};
  place_.release();
  if (auto observer = std::exchange(observer_, nullptr))
    observer->on_closed();
}

// -- deadlines ----------------------------------------------------------------

protocol::instant websocket_connection::now() const {
  return service_->settings.clock().steady;
}

void websocket_connection::wait_for_deadline() {
  const auto& settings = service_->settings;
  auto next = closing_ ? close_deadline_
                       : std::min(last_activity_ + settings.inactivity_timeout,
                                  last_ping_ + settings.ping_interval);
  timer_.expires_after(next - now());
  timer_.async_wait([self = shared_from_this()](error_code error) {
    if (!error && !self->ended_)
      self->on_deadline();
  });
}

void websocket_connection::on_deadline() {
  const auto& settings = service_->settings;
  auto time = now();
  if (time >= (closing_ ? close_deadline_
                        : last_activity_ + settings.inactivity_timeout)) {
    drop();
    return;
  }
  if (!closing_ && time - last_ping_ >= settings.ping_interval) {
    last_ping_ = time;
    stream_.next_layer().ping();
  }
  wait_for_deadline();
}

} // namespace convoy::net
