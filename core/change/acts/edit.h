// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/change/acts/acts.h"
#include "core/change/change_set.h"
#include "core/kube/manifest/manifest.h"
#include "core/kube/openapi/schema.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace change {

struct FieldChange;

/// What stands for a value that is not shown. No base64, no quantity, nothing that a field may hold.
inline constexpr std::string_view kHiddenValue = "<hidden>";

/// The object as it is put before who edits it: without managed fields, and of a Secret with kHiddenValue for each
/// value, also for the copy that kubectl apply keeps in an annotation.
enum class Secrets { Hidden, Shown };
[[nodiscard]] std::string editableJson(std::string_view object, Secrets secrets);

/// What was changed in a text of an object, apart from the place where it is then written: the same edit fits the same
/// object in other clusters. A value; any thread.
class Edit {
public:
    struct Source {
        std::string_view opened; ///< The object as it was read, JSON with managed fields.
        std::string_view shown;  ///< What the text was made of: editableJson().
        std::string_view yaml;   ///< The text as it is now.
        std::string_view file;   ///< For places.
        /// Of the object's kind; null: what managers' fields tell has to do.
        const kube::openapi::Schema* schema = nullptr;
    };
    [[nodiscard]] static Edit read(const Source& source);
    /// Of changes that are known without a text.
    [[nodiscard]] static Edit of(const std::vector<FieldChange>& changes);

    /// Why it cannot be written: what is no manifest, and changes of what makes the object this one.
    [[nodiscard]] const std::vector<kube::ManifestNote>& errors() const;
    /// What will be left out (status and what servers set), and what kubectl takes without a word.
    [[nodiscard]] const std::vector<kube::ManifestNote>& notes() const;
    [[nodiscard]] std::size_t changeCount() const;
    /// Whether some field was taken away, so that it goes as a JSON patch.
    [[nodiscard]] bool removes() const;

    /// The write that makes the same changes in an object as it was read there. Where fields are set alone, a
    /// server-side apply of these (and of what we applied before, which the server would take for given up), so that
    /// who else owns one is told as a conflict; otherwise a JSON patch that tests what it replaces. Nothing where the
    /// object is so already.
    [[nodiscard]] std::optional<Operation> operationFor(const Target& target, std::string_view opened) const;

private:
    struct Content;
    std::shared_ptr<const Content> m_content;
};

} // namespace change
