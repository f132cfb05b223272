// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace convoy::actors::store {

/// The store failed: what was tried, where, and what the database said. Thrown
/// by all of a store; the archive turns it into an error message.
class store_error : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What was to be written does not go with what is there: trying again does not
/// help.
class store_conflict : public store_error {
  using store_error::store_error;
};

/// Nothing can be read or written now, whatever it is: the store is locked, the
/// disk is full or broken. It may pass.
class store_outage : public store_error {
  using store_error::store_error;
};

/// What is in the store makes no sense, or it is none: it does not pass.
class store_damage : public store_outage {
  using store_outage::store_outage;
};

} // namespace convoy::actors::store
