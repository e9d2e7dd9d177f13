// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace testsupport {

/// A program that links this has a name server that never answers for names holding "silent-name-server", until
/// answer() is called; all other names are resolved as ever.
class SilentNameServer {
public:
    /// Lookups that hang now.
    static int hanging();
    /// Ends them, and those that come later.
    static void answer();
};

} // namespace testsupport
