// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/change_set.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace change {

/// What became of an operation.
enum class Outcome {
    NotSent, ///< Never left this machine.
    Sending, ///< On its way, by a program that still runs.
    Done,
    Failed,  ///< The server refused it: nothing was written.
    Unknown, ///< Sent, and nobody knows; reading back may tell.
};
[[nodiscard]] std::string_view toString(Outcome outcome); ///< "not-sent"
/// Whether a set can be gone on with for an operation that ended so: whatever the reason, it is not done.
[[nodiscard]] constexpr bool isLeft(Outcome outcome) {
    return outcome != Outcome::Done && outcome != Outcome::Sending;
}
[[nodiscard]] std::optional<Outcome> outcomeFrom(std::string_view text);

/// One line of the journal: one operation of one set.
struct JournalEntry {
    std::int64_t line = 0; ///< Rises with each that is written down.
    std::string set;
    std::size_t number = 0; ///< Of the operation in its set, from 0.
    std::string title;      ///< Of the set.
    std::string intent;     ///< Of the set: why.
    std::string undoes;     ///< The set that this one takes back.
    std::string cluster;    ///< Name.
    std::string clusterUid;
    std::string clusterUser; ///< Who wrote, as the kubeconfig names it.
    Verb verb = Verb::Apply;
    std::string resource; ///< "deployments.apps"
    std::string subresource;
    ObjectRef object;
    Outcome outcome = Outcome::NotSent;
    std::string message;       ///< Why it failed, or what there is to say.
    std::int64_t beganMs = 0;  ///< Our clock; 0: not sent. Before that the set's own time holds.
    std::int64_t closedMs = 0; ///< 0: not closed.
    std::int64_t serverMs = 0; ///< The server's clock when it answered; 0: it did not.
    std::int64_t setMs = 0;    ///< When the set was begun.
    std::string person;        ///< Who ran the program: user@host.
    std::string program;       ///< "quarterdeck", "qdctl"
};

/// The objects around one operation, JSON. Values of secrets are replaced by marks (redact.h).
struct JournalImages {
    std::string body;
    std::string before; ///< "null": it was not there.
    std::string after;  ///< Empty: unknown, or gone.
};

/// What the images of a secret hold in truth, sealed (seal.h) for undo. Shown, searched and exported is none of it.
struct SealedImages {
    std::string body = {}; ///< Empty where the image is complete as it is.
    std::string before = {};
    std::string after = {};
    std::string whyNot = {}; ///< Not empty: the keyring gave no key, and this is why.
};

/// Which lines; empty members do not narrow.
struct JournalQuery {
    std::string words = {}; ///< All of them, somewhere in what a line shows; -word: not.
    std::string set = {};
    std::string cluster = {}; ///< Name or uid.
    std::optional<Verb> verb = {};
    std::string resource = {};
    std::string ns = {};
    std::string name = {};
    std::optional<Outcome> outcome = {};
    std::int64_t fromMs = 0;
    std::int64_t toMs = 0;
    std::size_t limit = 500; ///< Newest first; 0: all.
    std::int64_t before = 0; ///< Only lines with a smaller number, to read on behind a page.
    std::int64_t after = 0;  ///< Only lines with a greater number.
};

} // namespace change
