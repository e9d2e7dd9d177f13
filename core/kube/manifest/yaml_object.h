// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/manifest/field_steps.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kube {

/// One object's YAML, read field by field and changed in place (yaml_edit.h): what a form beside a text works on.
/// A value; any thread.
class YamlObject {
public:
    /// Fails with BadInput, and a sentence that starts with the place, where the text is not one object.
    [[nodiscard]] static base::Result<YamlObject> read(std::string text);

    [[nodiscard]] const std::string& text() const { return m_text; }

    enum class Form { None, Null, Text, Number, Boolean, List, Object };
    [[nodiscard]] Form formAt(const FieldSteps& path) const;
    [[nodiscard]] bool has(const FieldSteps& path) const { return formAt(path) > Form::Null; }
    /// A text, number or truth value as it would be typed; empty for all else.
    [[nodiscard]] std::string textAt(const FieldSteps& path) const;
    /// How many items a list has, or fields an object.
    [[nodiscard]] int countAt(const FieldSteps& path) const;
    /// The names of an object's fields, in the order of their bytes.
    [[nodiscard]] std::vector<std::string> keysAt(const FieldSteps& path) const;

    /// Each changes the text, or fails with BadInput and leaves it as it is.
    [[nodiscard]] base::Result<void> setText(const FieldSteps& path, const std::string& value);
    [[nodiscard]] base::Result<void> setNumber(const FieldSteps& path, std::int64_t value);
    [[nodiscard]] base::Result<void> setFlag(const FieldSteps& path, bool value);
    [[nodiscard]] base::Result<void> setTexts(const FieldSteps& path, const std::vector<std::string>& values);
    [[nodiscard]] base::Result<void> setJson(const FieldSteps& path, const std::string& json);
    [[nodiscard]] base::Result<void> remove(const FieldSteps& path);
    /// Takes away as well what then holds nothing more, but nothing of the first `kept` steps.
    [[nodiscard]] base::Result<void> removeEmptied(const FieldSteps& path, std::size_t kept);

private:
    struct Content;
    YamlObject() = default;
    [[nodiscard]] base::Result<void> take(base::Result<std::string> text);

    std::string m_text;
    std::shared_ptr<const Content> m_content;
};

} // namespace kube
