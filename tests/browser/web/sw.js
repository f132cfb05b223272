// SPDX-License-Identifier: Apache-2.0
// The service worker; it keeps nothing.
