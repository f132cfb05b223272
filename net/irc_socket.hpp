// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/asio.hpp"
#include "net/dial_order.hpp"
#include "net/irc_dialer.hpp"
#include "net/irc_transport.hpp"
#include "net/line_cutter.hpp"
#include "net/name_lookup.hpp"
#include "net/send_queue.hpp"
#include "net/shared_value.hpp"
#include "net/tls_context.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace convoy::net {

/// What all connections of one dialer share.
struct dial_service {
  irc_dialer_settings settings;
  shared_value<tls_context> tls;
};

/// One connection to an IRC server, from the look-up to its end. It keeps
/// itself alive until then.
class irc_socket final : public irc_link,
                         public std::enable_shared_from_this<irc_socket> {
public:
  irc_socket(asio::io_context& context,
             std::shared_ptr<const dial_service> service, irc_endpoint where,
             std::shared_ptr<irc_observer> observer);

  /// Begins; `names` need not outlive the call.
  void start(name_lookup& names);

  void write(std::vector<std::string> lines, std::uint64_t mark) override;
  void resume() override;
  void close() override;
  void abort() override;

private:
  enum class phase { dialling, open, closing, closed };

  // -- dialling ---------------------------------------------------------------

  void on_found(lookup_result found);
  void try_next();
  error_code prepare(const tcp::endpoint& remote);
  void on_tcp(error_code error);
  void shake_hands();
  void on_open();
  void on_deadline();

  // -- reading and writing ----------------------------------------------------

  void read();
  void take(std::string_view bytes);
  void flush();
  /// Notes what is written and reports it; whether all is.
  bool advance(std::size_t bytes);
  /// Calls a member again when the socket is ready for it.
  void wait(tcp_socket::wait_type what, void (irc_socket::*then)());
  void wait_or_end(transport_outcome outcome, void (irc_socket::*then)());

  // -- closing ----------------------------------------------------------------

  void start_close();
  void finish_close();
  void finish_now();
  void end(std::string reason, protocol::irc_end why = protocol::irc_end::lost);
  bool begin_tls();

  void set_deadline(std::chrono::steady_clock::duration from_now,
                    void (irc_socket::*then)());

  std::shared_ptr<const dial_service> service_;
  irc_endpoint where_;
  std::shared_ptr<irc_observer> observer_;
  strand strand_;
  tcp_socket socket_;
  irc_transport transport_;
  steady_timer timer_;
  phase phase_ = phase::dialling;
  std::vector<boost::asio::ip::address> addresses_; ///< the next one is last
  std::string problem_; ///< of the last attempt to connect
  protocol::instant deadline_{};
  unsigned attempt_ = 0;
  unsigned deadline_count_ = 0;
  line_cutter cutter_;
  std::size_t malformed_ = 0;
  std::size_t last_words_ = 0; ///< bytes that still count, while we close
  bool waiting_to_read_ = false;
  bool paused_ = false;
  bool finished_ = false;
  std::string writing_; ///< what is being written
  std::size_t offset_ = 0;

  std::mutex mutex_; ///< guards what follows
  send_queue queue_;
  /// A flush is asked for or under way; or it is too early or too late for one.
  bool flushing_ = true;
  bool accepting_ = true;
};

} // namespace convoy::net
