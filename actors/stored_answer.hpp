// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "actors/messages.hpp"
#include "actors/node.hpp"
#include "protocol/json_object.hpp"

namespace convoy::actors {

/// Whether what is stored of a `send` is so old that its nonce is as new.
bool is_forgotten(const store::nonce_record& stored, const node& home);

/// The answer of long ago, which `stored` has, as one to this request (P4).
answer stored_answer(const ask& what, const store::nonce_record& stored,
                     const node& home);

/// Why the repeat of a `send` is refused whose answer nobody has.
protocol::json_problem nobody_knows();

} // namespace convoy::actors
