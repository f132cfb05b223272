// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/stream_socket.hpp"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <utility>

namespace convoy::bench {

namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void send_at_once(int fd) {
  const int on = 1;
  checked(::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on),
          "setsockopt");
}

} // namespace

unique_fd listen_on_loopback() {
  unique_fd fd(
      checked(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
              "socket"));
  const auto address = loopback(0);
  checked(::bind(fd.value(), reinterpret_cast<const sockaddr*>(&address),
                 sizeof address),
          "bind");
  checked(::listen(fd.value(), SOMAXCONN), "listen");
  return fd;
}

std::uint16_t bound_port(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  checked(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size),
          "getsockname");
  return ntohs(address.sin_port);
}

unique_fd connect_to_loopback(std::uint16_t port) {
  unique_fd fd(
      checked(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
              "socket"));
  send_at_once(fd.value());
  const auto address = loopback(port);
  const auto result = ::connect(
      fd.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  if (result < 0 && errno != EINPROGRESS)
    checked(result, "connect");
  return fd;
}

unique_fd accept_one(int listener) {
  unique_fd fd(
      ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (fd.value() >= 0)
    send_at_once(fd.value());
  else if (errno != EAGAIN && errno != ECONNABORTED)
    checked(fd.value(), "accept4");
  return fd;
}

stream_socket::stream_socket(loop& events, unique_fd fd)
    : loop_(events), fd_(std::move(fd)) {
  loop_.add(fd_.value(), *this);
}

void stream_socket::send(std::string_view bytes) {
  if (!is_open())
    return;
  if (unsent_.empty()) {
    const auto count =
        ::send(fd_.value(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count >= 0)
      bytes.remove_prefix(static_cast<std::size_t>(count));
    else if (errno != EAGAIN && errno != ENOTCONN)
      return fail(errno);
  }
  unsent_ += bytes;
}

void stream_socket::ready(std::uint32_t events) {
  if (is_open() && (events & EPOLLOUT) != 0)
    flush();
  if (is_open() && (events & (EPOLLIN | EPOLLRDHUP | EPOLLERR | EPOLLHUP)) != 0)
    read((events & (EPOLLRDHUP | EPOLLERR | EPOLLHUP)) != 0);
}

void stream_socket::close() {
  fd_ = unique_fd();
}

void stream_socket::read(bool ending) {
  const auto buffer = loop_.scratch();
  while (is_open()) {
    const auto kept = unread_.size();
    if (kept >= buffer.size())
      throw std::runtime_error("a line or frame longer than the buffer");
    std::memcpy(buffer.data(), unread_.data(), kept);
    const auto room = buffer.size() - kept;
    const auto count = ::recv(fd_.value(), buffer.data() + kept, room, 0);
    if (count < 0 && errno == EAGAIN)
      return;
    if (count <= 0)
      return fail(count < 0 ? errno : 0);
    const auto size = kept + static_cast<std::size_t>(count);
    const auto used = received({buffer.data(), size});
    unread_.assign(buffer.data() + used, size - used);
    if (static_cast<std::size_t>(count) < room && !ending)
      return;
  }
}

void stream_socket::flush() {
  while (sent_ < unsent_.size()) {
    const auto count = ::send(fd_.value(), unsent_.data() + sent_,
                              unsent_.size() - sent_, MSG_NOSIGNAL);
    if (count < 0 && (errno == EAGAIN || errno == ENOTCONN)) {
      unsent_.erase(0, sent_);
      sent_ = 0;
      return;
    }
    if (count < 0)
      return fail(errno);
    sent_ += static_cast<std::size_t>(count);
  }
  unsent_.clear();
  sent_ = 0;
}

void stream_socket::fail(int error) {
  close();
  closed(error == 0 ? "closed by the other side" : std::strerror(error));
}

} // namespace convoy::bench
