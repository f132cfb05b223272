// SPDX-License-Identifier: Apache-2.0
#include "net/http_connection.hpp"

#include "net/http_answer.hpp"
#include "net/http_date.hpp"
#include "net/log.hpp"
#include "net/websocket_connection.hpp"
#include "protocol/page_route.hpp"
#include "protocol/rate_limit.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <algorithm>
#include <utility>

namespace convoy::net {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;

constexpr std::size_t first_read_size = 2048;
/// What a client may still send while we wait for it to read our last answer.
constexpr std::size_t max_drained = 4 * 1024 * 1024;
constexpr std::chrono::seconds linger_timeout{2};
/// What a client is told that finds no room for a large body.
constexpr std::string_view retry_seconds = "5";
constexpr unsigned go_on = 100;

bool is_header_safe(std::string_view text) {
  constexpr std::string_view forbidden{"\r\n\0", 3};
  return text.find_first_of(forbidden) == std::string_view::npos;
}

bool is_upload(const beast_request& head) {
  const auto target = to_view(head.target());
  const auto path = target.substr(0, target.find('?'));
  return head.method() == http::verb::post
         && (path == "/api/files" || path == "/api/files.json");
}

bool is_html(std::string_view content_type) {
  return content_type.starts_with("text/html");
}

/// Says what a page may do, where it does not say so itself.
template <class Body>
void protect_page(http::response<Body>& response, const std::string& policy) {
  const auto set = [&](const char* name, const std::string& value) {
    if (!value.empty() && response.count(name) == 0)
      response.set(name, value);
  };
  set("Content-Security-Policy", policy);
  set("Referrer-Policy", "same-origin");
  set("X-Frame-Options", "SAMEORIGIN");
}

} // namespace

http_connection::http_connection(tcp_socket socket,
                                 std::shared_ptr<const http_service> service,
                                 connection_registry::slot place, bool has_room)
    : service_(std::move(service)),
      place_(std::move(place)),
      has_room_(has_room),
      stream_(std::move(socket)),
      note_(*service_) {
  error_code error; // a peer that is gone already shows at the first read
  peer_ = stream_.socket().remote_endpoint(error).address();
  stream_.socket().set_option(tcp::no_delay(true), error);
}

void http_connection::start() {
  place_.hold(weak_from_this());
  asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
    if (self->has_room_)
      self->wait_for_request(self->service_->settings.header_timeout);
    else
      self->fail(503, "Too many connections.");
  });
}

void http_connection::shut() {
  asio::post(stream_.get_executor(),
             [self = shared_from_this()] { self->stream_.close(); });
}

// -- reading ------------------------------------------------------------------

void http_connection::wait_for_request(std::chrono::milliseconds patience) {
  keep_alive_ = false;
  head_ = false;
  note_ = request_note{*service_};
  parser_.emplace();
  parser_->header_limit(
      static_cast<std::uint32_t>(service_->settings.header_limit));
  // Which of the two it is shows with the header.
  parser_->body_limit(
      std::max(service_->settings.body_limit, service_->settings.upload_limit));
  if (buffer_.size() > 0) {
    read_header();
    return;
  }
  // An idle connection keeps no more than this.
  buffer_ = {};
  stream_.expires_after(patience);
  stream_.async_read_some(
      buffer_.prepare(first_read_size),
      [self = shared_from_this()](error_code error, std::size_t size) {
        if (error)
          return;
        self->buffer_.commit(size);
        self->read_header();
      });
}

void http_connection::read_header() {
  stream_.expires_after(service_->settings.header_timeout);
  http::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](error_code error, std::size_t) {
        if (error)
          self->on_unreadable(error);
        else
          self->on_header();
      });
}

void http_connection::on_header() {
  const auto& head = parser_->get();
  const auto limit = service_->settings.body_limit;
  head_ = head.method() == http::verb::head;
  note_.read(head);
  if (service_->routes && is_upload(head))
    return ask_to_upload();
  if (const auto length = parser_->content_length(); length && *length > limit)
    return on_unreadable(http::error::body_limit);
  parser_->body_limit(limit);
  want_body(service_->settings.body_timeout);
}

void http_connection::want_body(std::chrono::milliseconds patience) {
  const auto& head = parser_->get();
  if (beast::iequals(head[http::field::expect], "100-continue"))
    say_continue(patience);
  else
    read_body(patience);
}

void http_connection::say_continue(std::chrono::milliseconds patience) {
  static constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
  stream_.expires_after(service_->settings.write_timeout);
  asio::async_write(
      stream_, asio::buffer(text),
      [self = shared_from_this(), patience](error_code error, std::size_t) {
        if (!error)
          self->read_body(patience);
      });
}

void http_connection::read_body(std::chrono::milliseconds patience) {
  stream_.expires_after(patience);
  http::async_read(stream_, buffer_, *parser_,
                   [self = shared_from_this()](error_code error, std::size_t) {
                     if (error)
                       self->on_unreadable(error);
                     else
                       self->dispatch();
                   });
}

void http_connection::on_unreadable(error_code error) {
  if (error == http::error::header_limit)
    fail(431, "Request header too large.");
  else if (error == http::error::body_limit && is_upload(parser_->get()))
    respond(error_answer(true, 400, "Maximum message size exceeded", "/file"));
  else if (error == http::error::body_limit)
    fail(413, "Request body too large.");
  else if (error.category()
               == make_error_code(http::error::bad_value).category()
           && error != http::error::end_of_stream
           && error != http::error::partial_message)
    fail(400, "Malformed request: " + error.message() + ".");
}

// -- uploads ------------------------------------------------------------------

void http_connection::ask_to_upload() {
  stream_.expires_never();
  auto request =
      inspect(parser_->get(), peer_, service_->policy.get()->trusted_proxies);
  if (!request)
    return fail(400, "Malformed request: bad target or host.");
  request->awaits_body = true;
  ask_gateway(std::move(*request));
}

void http_connection::take_upload(const std::string& person) {
  const auto& settings = service_->settings;
  const auto length = parser_->content_length();
  const auto size = length ? *length : settings.upload_limit;
  // The form and the file that is in it.
  if (size > settings.body_limit)
    upload_ = service_->uploads->take(size, person);
  if (size > settings.body_limit && !upload_)
    return fail_busy("Too many uploads at a time.");
  parser_->body_limit(settings.upload_limit);
  want_body(settings.upload_timeout);
}

std::string http_connection::holder_of(const std::string& person) const {
  return person.empty() ? network_ : person;
}

void http_connection::fail_busy(std::string_view message) {
  auto answer = error_answer(true, 503, message);
  answer.headers.emplace_back("Retry-After", retry_seconds);
  respond(std::move(answer));
}

// -- routes -------------------------------------------------------------------

void http_connection::dispatch() {
  stream_.expires_never();
  auto& head = parser_->get();
  note_.complete();
  auto request = inspect(head, peer_, service_->policy.get()->trusted_proxies);
  if (!request) {
    fail(400, "Malformed request: bad target or host.");
    return;
  }
  keep_alive_ = head.keep_alive();
  if (head.method() == http::verb::unknown) {
    fail(501, "Method not implemented.");
    return;
  }
  const auto& path = request->path;
  auto first = path.empty() ? std::string_view{} : std::string_view{path[0]};
  if (service_->handler || first == "api" || first == "file"
      || (first == "logout" && path.size() == 1))
    ask_gateway(std::move(*request));
  else if (first == "events" && path.size() == 1)
    upgrade(std::move(*request));
  else if (request->method == "GET" && is_made(path))
    ask_gateway(std::move(*request));
  else
    serve_file(*request);
}

bool http_connection::is_made(const std::vector<std::string>& path) const {
  const auto& files = service_->files;
  // What the front end's service worker asks for.
  const auto is_info =
      path.size() == 2 && path.front() == "sw" && path.back() == "info";
  if (!is_info && (!protocol::is_page(path) || !files.find({})))
    return false;
  const auto is_root =
      path.empty() || (path.size() == 1 && path.front().empty());
  return is_root || !files.find(path);
}

void http_connection::upgrade(protocol::http_request request) {
  if (!beast::websocket::is_upgrade(parser_->get())) {
    fail(404, "Not Found.");
    return;
  }
  const auto policy = service_->policy.get();
  if (!is_origin_allowed(request.origin, request.host, policy->allowed_origins)
      && !is_origin_allowed(request.origin, authority_of(request.base), {})) {
    log::info("origin-refused", {{"origin", request.origin},
                                 {"host", request.host},
                                 {"trace_id", note_.trace_id()}});
    fail(403, "Origin not allowed.");
    return;
  }
  request.trace_id = note_.trace_id();
  auto head = parser_->release();
  std::string early{static_cast<const char*>(buffer_.cdata().data()),
                    buffer_.size()};
  std::make_shared<websocket_connection>(
      stream_.release_socket(), std::move(early), service_, std::move(place_))
      ->accept(head, std::move(request));
}

void http_connection::ask_gateway(protocol::http_request request) {
  network_ = protocol::network_of(request.remote_address);
  request.trace_id = note_.trace_id();
  note_.is_page();
  auto reply = [self = shared_from_this()](protocol::http_response answer) {
    asio::post(self->stream_.get_executor(),
               [self, answer = std::move(answer)]() mutable {
                 if (answer.status == go_on)
                   self->take_upload(self->holder_of(answer.person));
                 else
                   self->respond(std::move(answer));
               });
  };
  if (service_->handler)
    service_->handler(std::move(request), std::move(reply));
  else
    service_->routes->on_request(std::move(request), std::move(reply));
}

void http_connection::serve_file(const protocol::http_request& request) {
  if (request.method != "GET") {
    fail(405, "Method not allowed.");
    return;
  }
  const auto& head = parser_->get();
  auto file = service_->files.find(
      request.path, accepts_gzip(to_view(head[http::field::accept_encoding])));
  if (!file) {
    fail(404, "Not Found.");
    return;
  }
  bool known =
      head.count(http::field::if_none_match) > 0
          ? matches_etag(to_view(head[http::field::if_none_match]), file->etag)
          : to_view(head[http::field::if_modified_since])
                == file->last_modified;
  auto describe = [&](auto& response) {
    for (const auto& [name, value] :
         headers_of(*file, service_->settings.static_max_age))
      response.set(name, value);
  };
  if (known || head_) {
    auto response =
        make_response<http::empty_body>(known ? 304 : 200, file->content_type);
    describe(response);
    if (!known)
      response.content_length(file->size);
    write(std::move(response));
    return;
  }
  auto response = make_response<http::file_body>(200, file->content_type);
  error_code error;
  response.body().open(file->path.c_str(), beast::file_mode::scan, error);
  if (error) {
    fail(404, "Not Found.");
    return;
  }
  describe(response);
  response.prepare_payload();
  write(std::move(response));
}

// -- answering ----------------------------------------------------------------

template <class Body>
http::response<Body>
http_connection::make_response(unsigned status, std::string_view content_type) {
  http::response<Body> out;
  out.version(11);
  out.result(status);
  out.set(http::field::date, http_date(service_->settings.clock().wall));
  out.set(http::field::content_type,
          beast::string_view{content_type.data(), content_type.size()});
  out.set("X-Content-Type-Options", "nosniff");
  out.set("X-Request-Id", note_.trace_id());
  out.keep_alive(keep_alive_);
  return out;
}

void http_connection::fail(unsigned status, std::string_view message) {
  auto target = parser_ ? to_view(parser_->get().target()) : "";
  auto answer = error_answer(wants_json(target), status, message);
  if (status == 405)
    answer.headers.emplace_back("Allow", "GET, HEAD");
  respond(std::move(answer));
}

void http_connection::respond(protocol::http_response answer) {
  bool safe = is_header_safe(answer.content_type);
  for (const auto& [name, value] : answer.headers)
    safe =
        safe && !name.empty() && is_header_safe(name) && is_header_safe(value);
  if (!safe) {
    log::error("unsafe-response-header");
    fail(500, "Internal Server Error.");
    return;
  }
  if (has_etag(answer))
    answer.status = 304;
  auto response =
      make_response<http::string_body>(answer.status, answer.content_type);
  for (const auto& [name, value] : answer.headers)
    response.insert(beast::string_view{name.data(), name.size()},
                    beast::string_view{value.data(), value.size()});
  bool has_body = answer.status != 204 && answer.status != 304;
  if (has_body)
    response.content_length(answer.size.value_or(answer.body.size()));
  if (has_body && !head_) {
    const auto size = answer.body.size();
    if (size > service_->settings.large_answer) {
      large_answer_ =
          service_->large_answers->take(size, holder_of(answer.person));
      if (!large_answer_)
        return fail_busy("Too many large answers at a time.");
    }
    response.body() = std::move(answer.body);
  }
  write(std::move(response));
}

bool http_connection::has_etag(const protocol::http_response& answer) const {
  if (!parser_ || answer.status != 200)
    return false;
  const auto known = to_view(parser_->get()[http::field::if_none_match]);
  for (const auto& [name, value] : answer.headers)
    if (name == "ETag")
      return matches_etag(known, value);
  return false;
}

template <class Body>
void http_connection::write(http::response<Body> response) {
  note_.answered(response.result_int(), parser_ ? &parser_->get() : nullptr,
                 peer_);
  if (is_html(to_view(response[http::field::content_type])))
    protect_page(response, service_->policy.get()->content_security_policy);
  struct state {
    explicit state(http::response<Body> from) : message(std::move(from)) {
      // nop
    }
    http::response<Body> message;
    http::response_serializer<Body> serializer{message};
  };
  write_some(std::make_shared<state>(std::move(response)));
}

template <class State>
void http_connection::write_some(std::shared_ptr<State> state) {
  // The deadline is one for progress: a large file on a slow line may take
  // long.
  stream_.expires_after(service_->settings.write_timeout);
  auto& serializer = state->serializer;
  http::async_write_some(
      stream_, serializer,
      [self = shared_from_this(), state](error_code error, std::size_t) {
        if (error)
          return;
        if (state->serializer.is_done())
          self->on_written();
        else
          self->write_some(state);
      });
}

void http_connection::on_written() {
  upload_ = {};
  large_answer_ = {};
  if (keep_alive_)
    wait_for_request(service_->settings.idle_timeout);
  else
    linger();
}

void http_connection::linger() {
  // Closing with bytes unread would reset the connection, and the client might
  // never see the answer.
  error_code ignored; // the peer may have closed first
  stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  stream_.expires_after(linger_timeout);
  drain();
}

void http_connection::drain() {
  buffer_ = {};
  stream_.async_read_some(
      buffer_.prepare(max_read_size),
      [self = shared_from_this()](error_code error, std::size_t size) {
        self->drained_ += size;
        if (!error && self->drained_ < max_drained)
          self->drain();
      });
}

} // namespace convoy::net
