// SPDX-License-Identifier: Apache-2.0
#include "protocol/media_type.hpp"

#include "protocol/text.hpp"

#include <array>
#include <utility>

namespace convoy::protocol {

std::string media_type_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 20>
      types{{{".html", "text/html; charset=utf-8"},
             {".css", "text/css; charset=utf-8"},
             {".js", "text/javascript; charset=utf-8"},
             {".mjs", "text/javascript; charset=utf-8"},
             {".json", "application/json"},
             {".yaml", "application/yaml"},
             {".map", "application/json"},
             {".webmanifest", "application/manifest+json"},
             {".txt", "text/plain; charset=utf-8"},
             {".md", "text/markdown; charset=utf-8"},
             {".svg", "image/svg+xml"},
             {".png", "image/png"},
             {".jpg", "image/jpeg"},
             {".jpeg", "image/jpeg"},
             {".gif", "image/gif"},
             {".webp", "image/webp"},
             {".ico", "image/vnd.microsoft.icon"},
             {".woff2", "font/woff2"},
             {".wasm", "application/wasm"},
             {".mp3", "audio/mpeg"}}};
  auto lower = to_lower_ascii(name);
  for (auto [ending, type] : types)
    if (lower.ends_with(ending))
      return std::string(type);
  return "application/octet-stream";
}

} // namespace convoy::protocol
