// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/silent_name_server.h"

#include "tests/support/lying_server.h"

#include <dlfcn.h>
#include <netdb.h>

#include <atomic>
#include <cstring>

namespace {

std::atomic<int> lookups = 0;

// Never destroyed: lookups may outlive main().
testsupport::Gate& gate() {
    static auto* const one = new testsupport::Gate;
    return *one;
}

} // namespace

// libcurl's resolver threads call this one, since a program's own functions come before a library's.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** result) {
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    if (name && std::strstr(name, "silent-name-server")) {
        ++lookups;
        gate().wait(60000);
        --lookups;
        return EAI_AGAIN;
    }
    return real(name, service, hints, result);
}

namespace testsupport {

int SilentNameServer::hanging() {
    return lookups.load();
}

void SilentNameServer::answer() {
    gate().open();
}

} // namespace testsupport
