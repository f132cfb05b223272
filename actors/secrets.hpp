// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace convoy::actors {

/// What an Argon2id hash costs (libsodium's limits). `minimum` is for tests.
enum class password_cost { interactive, moderate, minimum };

/// PHC string of `password`. Throws when memory is short.
std::string hash_password(const std::string& password, password_cost cost);
/// Also knows the Argon2 and bcrypt hashes that were made by Convos.
bool verify_password(const std::string& hash, const std::string& password);
/// Whether a hash is one that `verify_password` knows.
bool can_verify(std::string_view hash);

/// 32 random bytes, base64url without padding.
std::string random_token();
/// 16 hex digits; names a stream.
std::string random_stream_id();
/// 32 hex digits; names a file, which is as secret as its name.
std::string random_file_id();
/// What is stored of a token: its BLAKE2b hash, base64url.
std::string hash_token(std::string_view token);
/// A text that only the holder of `token` can know, for `/logout?csrf=`.
std::string csrf_of(std::string_view token);
/// Whether two texts are the same, in time that does not depend on where they
/// differ.
bool equal_secret(std::string_view a, std::string_view b);

/// Signs an invitation to make (or, with the hash of an existing account's
/// password, to recover) the account `email` until `exp` (epoch seconds).
/// Lower-case hex.
std::string sign_invite(std::string_view key, std::string_view email,
                        std::uint64_t exp, std::string_view password_hash);

/// The 32-byte key in the file, which is made with mode 0600 when it is not
/// there. Throws with the path and the reason: unreadable, of another length,
/// or readable by others; a group may read a file of root's.
std::string load_or_make_key(const std::string& path);

/// Seals `plain` under a 32-byte key (XSalsa20-Poly1305, random nonce); base64.
/// "" stays "".
std::string seal(std::string_view key, std::string_view plain);
/// Opens what `seal` made. Throws when it was sealed under another key.
std::string unseal(std::string_view key, std::string_view sealed);

} // namespace convoy::actors
