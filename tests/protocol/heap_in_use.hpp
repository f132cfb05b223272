// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <malloc.h>

#ifdef __SANITIZE_ADDRESS__
// Of sanitizer/allocator_interface.h, which GCC does not bring.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace convoy::protocol {

/// Bytes that the program has allocated and not given back.
inline std::size_t heap_in_use() {
#ifdef __SANITIZE_ADDRESS__
  return __sanitizer_get_current_allocated_bytes();
#else
  const auto all = ::mallinfo2();
  return all.uordblks + all.hblkhd;
#endif
}

} // namespace convoy::protocol
