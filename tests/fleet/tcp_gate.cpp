// SPDX-License-Identifier: Apache-2.0
#include "tests/fleet/tcp_gate.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <set>
#include <utility>
#include <vector>

namespace convoy::fleet {

namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using error_code = boost::system::error_code;

tcp::endpoint loopback(std::uint16_t port) {
  return {asio::ip::address_v4::loopback(), port};
}

} // namespace

struct tcp_gate::state : std::enable_shared_from_this<tcp_gate::state> {
  state(asio::io_context& io, std::uint16_t port, std::uint16_t to)
      : acceptor(io), here(loopback(port)), target(loopback(to)) {}

  void listen() {
    acceptor.open(here.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(here);
    acceptor.listen();
    accept();
  }
  void accept();

  tcp::acceptor acceptor;
  tcp::endpoint here;
  tcp::endpoint target;
  passage way = passage::open;
  std::set<std::shared_ptr<link>> links;
};

/// One connection, and the one that it leads to.
struct tcp_gate::link : std::enable_shared_from_this<tcp_gate::link> {
  link(tcp::socket from, std::weak_ptr<state> in)
      : near(std::move(from)), far(near.get_executor()), gate(std::move(in)) {}

  /// One way through it.
  struct lane {
    tcp::socket& from;
    tcp::socket& to;
    std::array<char, 16384> room{};
    std::size_t size = 0;
    bool is_ended = false; ///< there is no more to come
    bool waits = false;    ///< for the gate to open
  };

  bool is_open() const {
    const auto mine = gate.lock();
    return mine && mine->way == passage::open;
  }

  void start() {
    if (!is_open() || std::exchange(is_begun, true))
      return;
    far.async_connect(gate.lock()->target,
                      [self = shared_from_this()](error_code failed) {
                        if (failed)
                          return self->end();
                        self->read(self->up);
                        self->read(self->down);
                      });
  }

  void read(lane& which) {
    which.from.async_read_some(
        asio::buffer(which.room), [self = shared_from_this(), &which](
                                      error_code failed, std::size_t size) {
          which.size = size;
          which.is_ended = failed.failed();
          self->is_broken |= failed && failed != asio::error::eof;
          self->pass(which);
        });
  }

  void pass(lane& which) {
    if (!is_open()) {
      which.waits = true;
      return;
    }
    if (is_broken)
      return end();
    asio::async_write(
        which.to, asio::buffer(which.room.data(), which.size),
        [self = shared_from_this(), &which](error_code failed, std::size_t) {
          self->on_passed(which, failed);
        });
  }

  void on_passed(lane& which, error_code failed) {
    if (failed)
      return end();
    if (!which.is_ended)
      return read(which);
    which.to.shutdown(tcp::socket::shutdown_send, failed);
    if (up.is_ended && down.is_ended)
      end();
  }

  void go_on() {
    start();
    for (auto* each : {&up, &down})
      if (std::exchange(each->waits, false))
        pass(*each);
  }

  void end() {
    error_code ignored;
    near.close(ignored);
    far.close(ignored);
    if (const auto mine = gate.lock())
      mine->links.erase(shared_from_this());
  }

  void reset() {
    error_code ignored;
    for (auto* each : {&near, &far})
      if (each->is_open())
        each->set_option(asio::socket_base::linger(true, 0), ignored);
    end();
  }

  tcp::socket near;
  tcp::socket far;
  std::weak_ptr<state> gate;
  lane up{near, far};
  lane down{far, near};
  bool is_begun = false;
  bool is_broken = false;
};

void tcp_gate::state::accept() {
  acceptor.async_accept(
      [self = shared_from_this()](error_code failed, tcp::socket socket) {
        if (failed)
          return;
        const auto one =
            std::make_shared<link>(std::move(socket), self->weak_from_this());
        self->links.insert(one);
        one->start();
        self->accept();
      });
}

tcp_gate::tcp_gate(asio::io_context& io, std::uint16_t port,
                   std::uint16_t target)
    : state_(std::make_shared<state>(io, port, target)) {
  state_->listen();
}

tcp_gate::~tcp_gate() {
  set(passage::refused);
}

std::uint16_t tcp_gate::port() const noexcept {
  return state_->here.port();
}

void tcp_gate::set(passage way) {
  state_->way = way;
  const std::vector<std::shared_ptr<link>> all(state_->links.begin(),
                                               state_->links.end());
  if (way == passage::refused) {
    error_code ignored;
    state_->acceptor.close(ignored);
    for (const auto& each : all)
      each->reset();
  } else if (way == passage::open) {
    if (!state_->acceptor.is_open())
      state_->listen();
    for (const auto& each : all)
      each->go_on();
  }
}

std::size_t tcp_gate::connections() const noexcept {
  return state_->links.size();
}

} // namespace convoy::fleet
