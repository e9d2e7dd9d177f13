// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/openapi/complete.h"

#include <algorithm>
#include <utility>

namespace kube::openapi {

const Schema* schemaAt(const Schema& root, const FieldSteps& path) {
    const Schema* at = &root;
    for (const FieldStep& step : path) {
        const Schema* next = step.isIndex() ? at->items : at->field(step.key);
        if (next == nullptr && !step.isIndex())
            next = at->values;
        if (next == nullptr)
            return nullptr;
        at = next;
    }
    return at;
}

std::vector<Completion> fieldsAt(const Schema& root, const FieldSteps& path) {
    std::vector<Completion> found;
    const Schema* object = schemaAt(root, path);
    if (object == nullptr)
        return found;
    for (const Schema::Field& field : object->fields) {
        Completion completion{.text = field.name,
                              .type = field.schema->typeName(),
                              .description = field.schema->description,
                              .isRequired = object->needs(field.name)};
        completion.form = field.schema->types == IsObject ? Completion::Form::Object
                          : field.schema->types == IsList ? Completion::Form::List
                                                          : Completion::Form::Field;
        found.push_back(std::move(completion));
    }
    std::stable_partition(found.begin(), found.end(), [](const Completion& one) { return one.isRequired; });
    return found;
}

std::vector<Completion> valuesAt(const Schema& root, const FieldSteps& path) {
    std::vector<Completion> found;
    const Schema* schema = schemaAt(root, path);
    if (schema == nullptr)
        return found;
    std::vector<std::string> texts = schema->enumTexts;
    if (texts.empty() && schema->types == IsBoolean)
        texts = {"true", "false"};
    for (std::string& text : texts)
        found.push_back({.text = std::move(text), .type = schema->typeName(), .description = {}});
    return found;
}

} // namespace kube::openapi
