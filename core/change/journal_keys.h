// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/keyring.h"
#include "core/base/result.h"
#include "core/base/secret_key.h"
#include "core/base/unique_function.h"

#include <memory>
#include <string>
#include <vector>

namespace change {

/// The keys of what is sealed in the journal. The keyring is asked on a thread of its own, when a key is needed first
/// and then only about keys that were not there yet; one that fails is asked again the next time. Confined to the home
/// executor, on which handlers run, never inside a call. The destructor gives up what is asked.
class JournalKeys {
public:
    template <typename T>
    using Found = base::UniqueFunction<void(base::Result<T>)>;

    /// Without a keyring everything fails with NotFound.
    JournalKeys(std::shared_ptr<base::Keyring> keyring, base::Executor& home);
    ~JournalKeys();
    JournalKeys(const JournalKeys&) = delete;
    JournalKeys& operator=(const JournalKeys&) = delete;

    /// The key to seal with; makes one where there is none yet.
    [[nodiscard]] base::Cancel toSeal(Found<base::SecretKey> found);
    /// Those that there are; the keyring is asked once about each of `ids`.
    [[nodiscard]] base::Cancel toUnseal(std::vector<std::string> ids, Found<std::vector<base::SecretKey>> found);

private:
    class Asker;
    template <typename T, typename Ask>
    base::Cancel ask(Ask question, Found<T> found);

    base::Executor& m_home;
    std::shared_ptr<Asker> m_asker;
    base::Cancel m_life;
    std::unique_ptr<base::ThreadPool> m_thread; ///< Made when it is needed.
};

} // namespace change
