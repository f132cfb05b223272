// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/asio.hpp"
#include "net/link.hpp"
#include "net/outbox.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace convoy::net {

/// The layer between `websocket::stream` and its socket. Writes of Beast
/// (handshake, pong, close) and text frames of ours go into one outbox, and all
/// that waits leaves in one system call. Beast is used for reading and for the
/// rules of the protocol, never for writing text.
///
/// `push` may be called from any thread, all else from the strand only.
class coalescing_stream {
public:
  using executor_type = strand;

  /// What the layer tells its owner.
  class owner {
  public:
    /// Something waits to be written: call `flush`.
    virtual void on_output() = 0;
    /// All that came has been looked at and more is asked of the socket.
    virtual void on_input_exhausted() = 0;

  protected:
    ~owner() = default;
  };

  /// `early` are bytes that were read from the socket before.
  coalescing_stream(tcp_socket socket, outbox_limits limits, std::string early,
                    owner& notify);

  // -- our own writes ---------------------------------------------------------

  enum class push_result {
    queued, ///< queued, and a flush is on its way already
    flush,  ///< queued; the caller has to get `flush` called
    full    ///< over a limit; a part of the frames may be queued
  };

  push_result push(std::span<const payload> frames);

  /// Queues a ping frame without a payload.
  void ping();

  /// Queues a close frame as the last thing that is ever written; with `drop`
  /// it goes before what waits.
  void finish(std::uint16_t code, std::string_view reason, bool drop);

  // -- writing ----------------------------------------------------------------

  enum class flush_result {
    done,    ///< nothing waits
    more,    ///< it is somebody else's turn; call again soon
    blocked, ///< call again when the socket can be written to
    failed   ///< the socket is of no use any more
  };

  /// Whether nothing waits to be written.
  bool idle();

  /// Writes what waits. Adds to `text_bytes` what left of text frames.
  flush_result flush(std::size_t& text_bytes);

  /// Ends the write of Beast that waits, if any, with an error, and closes.
  void shut();

  // -- AsyncStream ------------------------------------------------------------

  executor_type get_executor() noexcept {
    return socket_.get_executor();
  }

  tcp_socket& socket() noexcept {
    return socket_;
  }

  template <class Buffers, class Handler>
  auto async_read_some(const Buffers& buffers, Handler&& handler) {
    if (!early_.empty()) {
      auto count = asio::buffer_copy(buffers, asio::buffer(early_));
      early_.erase(0, count);
      return asio::async_initiate<Handler, void(error_code, std::size_t)>(
          [this, count](auto&& done) {
            asio::post(socket_.get_executor(),
                       bind_result(std::move(done), error_code{}, count));
          },
          handler);
    }
    notify_.on_input_exhausted();
    return socket_.async_read_some(buffers, std::forward<Handler>(handler));
  }

  template <class Buffers, class Handler>
  auto async_write_some(const Buffers& buffers, Handler&& handler) {
    std::string bytes(asio::buffer_size(buffers), '\0');
    asio::buffer_copy(asio::buffer(bytes), buffers);
    return asio::async_initiate<Handler, void(error_code, std::size_t)>(
        [this, &bytes](auto&& done) {
          using done_type = std::decay_t<decltype(done)>;
          write_for_beast(
              bytes, std::make_unique<write_of<done_type>>(std::move(done)));
        },
        handler);
  }

private:
  // A handler of Beast that waits for its bytes to leave.
  struct waiting_write {
    virtual ~waiting_write() = default;
    virtual void complete(const strand& on, error_code error) = 0;

    std::size_t size = 0;
    std::uint64_t end = 0; ///< when so much has left the outbox it is done
  };

  template <class Handler>
  static auto bind_result(Handler handler, error_code error,
                          std::size_t count) {
    return [handler = std::move(handler), error, count]() mutable {
      handler(error, count);
    };
  }

  template <class Handler>
  struct write_of final : waiting_write {
    explicit write_of(Handler&& done) : handler(std::move(done)) {
      // nop
    }

    void complete(const strand& on, error_code error) override {
      asio::post(on, bind_result(std::move(handler), error, error ? 0 : size));
    }

    Handler handler;
  };

  void queue(std::string_view frame, bool drop = false);
  void write_for_beast(std::string_view bytes,
                       std::unique_ptr<waiting_write> write);
  void complete_write(error_code error);

  tcp_socket socket_;
  std::string early_;
  owner& notify_;
  std::unique_ptr<waiting_write> write_; ///< Beast has one under way at most
  std::mutex mutex_;                     ///< guards what follows
  outbox outbox_;
  bool flushing_ = false; ///< a flush is asked for or under way
};

// What Beast looks up by argument.

void beast_close_socket(coalescing_stream& stream);

template <class Handler>
void async_teardown(boost::beast::role_type role, coalescing_stream& stream,
                    Handler&& handler) {
  boost::beast::websocket::async_teardown(role, stream.socket(),
                                          std::forward<Handler>(handler));
}

} // namespace convoy::net
