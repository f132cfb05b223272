// SPDX-License-Identifier: Apache-2.0
#include "net/irc_socket.hpp"

#include "net/client_certificate.hpp"
#include "net/log.hpp"
#include "protocol/irc_message.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace convoy::net {

namespace {

/// What a server may send, with some room to spare (message-tags).
constexpr std::size_t max_line = protocol::max_irc_tags + 4096;
/// A write buffer that grew beyond this is not kept.
constexpr std::size_t kept_buffer_size = 512;
/// Of what comes while we close, which may answer what we said last; the rest
/// is read to no end.
constexpr std::size_t max_last_words = 262'144;
/// Reads in a row, so that a server that never stops gets no thread for itself.
constexpr int max_rounds = 8;

} // namespace

irc_socket::irc_socket(asio::io_context& context,
                       std::shared_ptr<const dial_service> service,
                       irc_endpoint where,
                       std::shared_ptr<irc_observer> observer)
    : service_(std::move(service)),
      where_(std::move(where)),
      observer_(std::move(observer)),
      strand_(asio::make_strand(context)),
      socket_(strand_),
      transport_(socket_),
      timer_(strand_),
      cutter_(max_line),
      queue_(service_->settings.send_queue) {
  // nop
}

void irc_socket::start(name_lookup& names) {
  const auto& settings = service_->settings;
  deadline_ = settings.clock().steady + settings.connect_timeout;
  set_deadline(settings.connect_timeout, &irc_socket::on_deadline);
  // The look-up must not keep a connection that was given up.
  auto self = weak_from_this();
  names.find(
      where_.host, [self] { return !self.expired(); },
      [self](lookup_result found) {
        auto strong = self.lock();
        if (!strong)
          return;
        auto on = strong->strand_;
        asio::post(on, [strong = std::move(strong), found = std::move(found)] {
          strong->on_found(std::move(found));
        });
      });
}

// -- dialling -----------------------------------------------------------------

void irc_socket::on_found(lookup_result found) {
  if (phase_ != phase::dialling)
    return;
  auto order = order_addresses(
      found.addresses, service_->settings.allow_private, where_.local_address);
  if (order.addresses.empty()) {
    if (found.problem.empty())
      end(order.problem);
    else
      end(found.problem,
          found.is_unknown ? protocol::irc_end::dns : protocol::irc_end::lost);
    return;
  }
  addresses_.assign(order.addresses.rbegin(), order.addresses.rend());
  try_next();
}

void irc_socket::try_next() {
  if (addresses_.empty()) {
    end(problem_);
    return;
  }
  // Each address gets its share of what time is left.
  auto left = deadline_ - service_->settings.clock().steady;
  set_deadline(left / static_cast<int>(addresses_.size()),
               &irc_socket::on_deadline);
  tcp::endpoint remote{addresses_.back(), where_.port};
  addresses_.pop_back();
  auto attempt = ++attempt_;
  if (auto error = prepare(remote)) {
    on_tcp(error);
    return;
  }
  socket_.async_connect(
      remote, [self = shared_from_this(), attempt](error_code error) {
        if (self->attempt_ == attempt && self->phase_ == phase::dialling)
          self->on_tcp(error);
      });
}

error_code irc_socket::prepare(const tcp::endpoint& remote) {
  error_code error;
  socket_ = tcp_socket{strand_};
  socket_.open(remote.protocol(), error);
  if (!error && !where_.local_address.empty())
    socket_.bind({asio::ip::make_address(where_.local_address), 0}, error);
  if (!error)
    socket_.set_option(tcp::no_delay(true), error);
  if (!error)
    socket_.non_blocking(true, error);
  return error;
}

void irc_socket::on_tcp(error_code error) {
  if (error) {
    problem_ = describe(error);
    try_next();
    return;
  }
  addresses_ = {};
  set_deadline(deadline_ - service_->settings.clock().steady,
               &irc_socket::on_deadline);
  if (!where_.tls) {
    on_open();
    return;
  }
  if (begin_tls())
    shake_hands();
}

bool irc_socket::begin_tls() {
  auto peer = std::make_unique<peer_check>();
  peer->verify = where_.tls_verify;
  peer->pinned = where_.pinned;
  auto session = service_->tls.get()->make_session(socket_.native_handle(),
                                                   where_.host, *peer);
  if (!session) {
    end("TLS could not be set up for host " + where_.host + ".");
    return false;
  }
  // Without it the server may still know us by a password.
  if (!where_.certificate.empty()
      && !use_client_certificate(*session, where_.certificate))
    log::error("client-certificate-unreadable", {{"host", where_.host}});
  where_.certificate = {};
  transport_.use_tls(std::move(session), std::move(peer));
  return true;
}

void irc_socket::shake_hands() {
  using state = transport_outcome::state;
  if (phase_ != phase::dialling)
    return;
  auto outcome = transport_.handshake();
  switch (outcome.what) {
  case state::done:
    on_open();
    return;
  case state::wants_read:
    wait(tcp_socket::wait_read, &irc_socket::shake_hands);
    return;
  case state::wants_write:
    wait(tcp_socket::wait_write, &irc_socket::shake_hands);
    return;
  case state::closed:
    end("Connection closed during the TLS handshake.", protocol::irc_end::tls);
    return;
  case state::failed:
    end(std::move(outcome.problem), protocol::irc_end::tls);
  }
}

void irc_socket::on_open() {
  timer_.cancel();
  ++deadline_count_;
  phase_ = phase::open;
  error_code gone; // shows at the first read
  auto remote = socket_.remote_endpoint(gone);
  auto local = socket_.local_endpoint(gone);
  observer_->on_connected({remote.address().to_string(), remote.port(),
                           where_.tls, local.address().to_string()});
  read();
  flush();
}

void irc_socket::on_deadline() {
  problem_ = "Connect timed out.";
  if (addresses_.empty())
    end(problem_);
  else
    try_next();
}

// -- reading ------------------------------------------------------------------

void irc_socket::read() {
  waiting_to_read_ = false;
  char buffer[max_read_size];
  for (int round = 0;
       !paused_ && (phase_ == phase::open || phase_ == phase::closing);
       ++round) {
    if (round == max_rounds) {
      waiting_to_read_ = true;
      asio::post(strand_, [self = shared_from_this()] { self->read(); });
      return;
    }
    auto outcome = transport_.read(buffer);
    if (outcome.what != transport_outcome::state::done) {
      waiting_to_read_ = true;
      wait_or_end(std::move(outcome), &irc_socket::read);
      return;
    }
    take({buffer, outcome.bytes});
  }
}

/// What did not go through goes on when the socket is ready, or never.
void irc_socket::wait_or_end(transport_outcome outcome,
                             void (irc_socket::*then)()) {
  using state = transport_outcome::state;
  switch (outcome.what) {
  case state::done:
    return;
  case state::wants_read:
    wait(tcp_socket::wait_read, then);
    return;
  case state::wants_write:
    wait(tcp_socket::wait_write, then);
    return;
  case state::closed:
    end(phase_ == phase::closing ? "" : "Connection closed.");
    return;
  case state::failed:
    end(phase_ == phase::closing ? "" : std::move(outcome.problem));
    return;
  }
}

void irc_socket::take(std::string_view bytes) {
  const auto closes = phase_ == phase::closing;
  if (closes && bytes.size() > last_words_)
    last_words_ = 0;
  if (closes && last_words_ == 0)
    return;
  if (closes)
    last_words_ -= bytes.size();
  std::vector<protocol::irc_message> lines;
  cutter_.feed(bytes, [&](std::string_view line) {
    if (auto message = protocol::parse_irc_line(line))
      lines.push_back(std::move(*message));
    else
      ++malformed_;
  });
  if (lines.empty())
    return;
  // Nobody is waited for then.
  paused_ = !closes;
  observer_->on_lines(std::move(lines));
}

void irc_socket::resume() {
  asio::post(strand_, [self = shared_from_this()] {
    self->paused_ = false;
    if (!self->waiting_to_read_)
      self->read();
  });
}

// -- writing ------------------------------------------------------------------

void irc_socket::write(std::vector<std::string> lines, std::uint64_t mark) {
  bool is_full = false;
  {
    std::lock_guard guard{mutex_};
    if (!accepting_)
      return;
    is_full = !queue_.push(lines, mark);
    accepting_ = !is_full;
    if (!is_full && std::exchange(flushing_, true))
      return;
  }
  asio::post(strand_, [self = shared_from_this(), is_full] {
    if (is_full)
      self->end("Send queue exceeded.");
    else
      self->flush();
  });
}

void irc_socket::flush() {
  while (phase_ == phase::open || (phase_ == phase::closing && !finished_)) {
    if (offset_ == writing_.size()) {
      offset_ = 0;
      writing_.clear();
      if (writing_.capacity() > kept_buffer_size)
        writing_ = {};
      std::lock_guard guard{mutex_};
      queue_.take(writing_);
    }
    auto outcome =
        writing_.empty()
            ? transport_outcome{}
            : transport_.write(std::string_view(writing_).substr(offset_));
    if (outcome.what != transport_outcome::state::done) {
      wait_or_end(std::move(outcome), &irc_socket::flush);
      return;
    }
    if (!advance(outcome.bytes))
      continue;
    if (phase_ == phase::closing)
      finish_close();
    return;
  }
}

bool irc_socket::advance(std::size_t bytes) {
  offset_ += bytes;
  std::vector<std::uint64_t> reached;
  bool done = false;
  {
    std::lock_guard guard{mutex_};
    reached = queue_.advance(bytes);
    done = queue_.is_written();
    flushing_ = !done;
  }
  for (auto mark : reached)
    observer_->on_written(mark);
  return done;
}

void irc_socket::wait(tcp_socket::wait_type what, void (irc_socket::*then)()) {
  socket_.async_wait(what, [self = shared_from_this(), then](error_code error) {
    // Nobody else closes the socket without ending the connection.
    if (!error)
      ((*self).*then)();
  });
}

// -- closing ------------------------------------------------------------------

void irc_socket::close() {
  {
    std::lock_guard guard{mutex_};
    accepting_ = false;
  }
  asio::post(strand_, [self = shared_from_this()] { self->start_close(); });
}

void irc_socket::abort() {
  asio::post(strand_, [self = shared_from_this()] {
    // Closing would leave it to the kernel to write what waits there.
    error_code gone;
    self->socket_.set_option(asio::socket_base::linger(true, 0), gone);
    self->end("");
  });
}

void irc_socket::start_close() {
  if (phase_ == phase::dialling)
    end("");
  if (phase_ != phase::open)
    return;
  phase_ = phase::closing;
  set_deadline(service_->settings.close_timeout, &irc_socket::finish_now);
  last_words_ = max_last_words;
  paused_ = false;
  bool idle = false;
  {
    std::lock_guard guard{mutex_};
    idle = !flushing_;
  }
  if (idle)
    finish_close();
  if (!waiting_to_read_)
    read();
}

void irc_socket::finish_close() {
  // Closing with bytes unread would reset the connection, and the server might
  // never see our last lines: it gets a moment to close its side.
  finished_ = true;
  transport_.finish();
}

void irc_socket::finish_now() {
  end("");
}

void irc_socket::end(std::string reason, protocol::irc_end why) {
  if (std::exchange(phase_, phase::closed) == phase::closed)
    return;
  timer_.cancel();
  error_code ignored; // closed is what it is to be
  socket_.close(ignored);
  std::size_t refused = 0;
  {
    std::lock_guard guard{mutex_};
    accepting_ = false;
    refused = queue_.refused();
    queue_ = send_queue{0};
  }
  if (refused > 0)
    log::error("irc-lines-refused",
               {{"host", where_.host}, {"count", std::to_string(refused)}});
  if (cutter_.dropped() + malformed_ > 0)
    log::info("irc-lines-dropped",
              {{"host", where_.host},
               {"too_long", std::to_string(cutter_.dropped())},
               {"malformed", std::to_string(malformed_)}});
  std::exchange(observer_, nullptr)->on_closed(std::move(reason), why);
}

void irc_socket::set_deadline(std::chrono::steady_clock::duration from_now,
                              void (irc_socket::*then)()) {
  timer_.expires_after(from_now);
  // A timer that has gone off already cannot be taken back: the count tells.
  timer_.async_wait([self = shared_from_this(), then,
                     count = ++deadline_count_](error_code error) {
    if (!error && self->deadline_count_ == count
        && self->phase_ != phase::closed)
      ((*self).*then)();
  });
}

} // namespace convoy::net
