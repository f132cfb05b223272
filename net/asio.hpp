// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>

// Names for what every socket of ours is made of. Only sources and private
// headers of net/ include this.
namespace convoy::net {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;

/// Each socket has its own strand; its type is spelled out so that a handler
/// costs no type-erased executor.
using strand = asio::strand<asio::io_context::executor_type>;
using tcp_socket = asio::basic_stream_socket<tcp, strand>;
using steady_timer =
    asio::basic_waitable_timer<std::chrono::steady_clock,
                               asio::wait_traits<std::chrono::steady_clock>,
                               strand>;

/// What a thread writes in one system call, at most.
inline constexpr std::size_t max_write_size = 65'536;
/// What a thread reads in one system call, at most.
inline constexpr std::size_t max_read_size = 16'384;

} // namespace convoy::net
