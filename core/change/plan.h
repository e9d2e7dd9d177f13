// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/change/change_set.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace change {

/// What the server said when asked to pretend.
enum class Verdict {
    Pending,   ///< Not answered yet.
    Accepted,  ///< It would store a change.
    NoChange,  ///< It would store what is there already.
    Conflict,  ///< Fields belong to other managers; each has to be decided.
    Deferred,  ///< Checked once an earlier operation of the set is stored.
    Refused,   ///< It would not; error says why. Nothing of the set is applied.
    Unreached, ///< The cluster did not answer.
    Over,      ///< Was done before, by a run of the same set that this one goes on with.
};

/// A field that an apply wants and another manager owns.
struct FieldConflict {
    std::string field;        ///< As the server writes it: `.spec.template.spec.containers[name="web"].image`
    std::string manager;      ///< "kubectl-edit"
    std::string explanation;  ///< The server's own sentence.
    std::int64_t sinceMs = 0; ///< When the manager last wrote; 0: unknown.
    std::string live;         ///< The value there, compact JSON; empty: none.
    std::string wanted;       ///< Ours.
};

/// How one conflict ends. Taking over holds for all fields of an operation, as the server knows no finer way.
enum class Resolution {
    TakeOver, ///< Write our value and become the owner, the other manager loses the field.
    Share,    ///< Take the value that is there and own it together.
    DropMine, ///< Leave the field to its manager.
};

/// How the `other` conflicts end if each field ends as it does in `decided` (how[i] is the end of decided[i]). Nothing
/// where one of them is over a field, or with a manager, that was not decided: what was said does not hold there. Pure.
[[nodiscard]] std::optional<std::vector<Resolution>> resolutionsAlike(const std::vector<FieldConflict>& decided,
                                                                      const std::vector<Resolution>& how,
                                                                      const std::vector<FieldConflict>& other);

/// Somebody or something that may well take a change back.
struct Undoer {
    std::string who;   ///< "HorizontalPodAutoscaler shop/web", "Argo CD application shop", "Helm release web"
    std::string field; ///< What it writes, empty for the whole object.
};

/// What is known of one operation before it is done.
struct PlannedOperation {
    Verdict verdict = Verdict::Pending;
    std::optional<base::Error> error = {};
    std::string before = {}; ///< As stored now, JSON with managed fields; empty: not there.
    /// As the server would store it, JSON; empty: it would be gone, or is not known. In a conflict: with all of ours
    /// taken over.
    std::string would = {};
    std::vector<FieldConflict> conflicts = {};
    std::vector<std::string> warnings = {}; ///< Of the server.
    std::vector<Undoer> undoers = {};
    /// The fields belong to us already, by other kinds of writes (a scale, an undo): the server sees another manager,
    /// so that an apply has to take them over. No question for anybody.
    bool takesFromOurselves = false;
    bool movedOn = false; ///< Not any more what the change was made from (Operation::before).
    std::int64_t tookMs = 0;
};

/// A set and what its servers said to it, operation by operation.
struct Plan {
    ChangeSet set;
    std::vector<PlannedOperation> operations;

    /// All answered, nothing refused, no conflict left open.
    [[nodiscard]] bool mayApply() const;
    [[nodiscard]] bool isAnswered() const;
};

} // namespace change
