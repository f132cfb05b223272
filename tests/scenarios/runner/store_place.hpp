// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace convoy::scenarios {

/// The address of the store of a server that has that directory: a file in it;
/// or, when CONVOY_TEST_POSTGRESQL has the address of a server
/// (tests/with_postgresql), a schema there, which is made.
std::string store_of(const std::string& directory);

} // namespace convoy::scenarios
