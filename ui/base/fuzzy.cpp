// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/fuzzy.h"

#include <QStringList>

#include <algorithm>
#include <vector>

namespace ui {

namespace {

bool startsWord(const QString& text, qsizetype at) {
    if (at == 0)
        return true;
    const QChar before = text.at(at - 1);
    const QChar here = text.at(at);
    return !before.isLetterOrNumber() || (before.isLower() && here.isUpper());
}

// Best total over all placements: score[i] is the best with the typed characters so far ending at text[i].
std::optional<int> wordScore(const QString& typed, const QString& text) {
    constexpr int none = -1'000'000;
    const qsizetype size = text.size();
    std::vector<int> previous(static_cast<std::size_t>(size), none);
    std::vector<int> current(static_cast<std::size_t>(size), none);
    for (qsizetype t = 0; t < typed.size(); ++t) {
        int best = none; // of previous[0..i-2]
        for (qsizetype i = 0; i < size; ++i) {
            const auto at = static_cast<std::size_t>(i);
            if (i >= 2)
                best = std::max(best, previous[at - 2]);
            current[at] = none;
            if (text.at(i).toCaseFolded() != typed.at(t).toCaseFolded())
                continue;
            const int own = 1 + (startsWord(text, i) ? 8 : 0);
            if (t == 0) {
                current[at] = own - static_cast<int>(std::min<qsizetype>(i, 10));
                continue;
            }
            int before = best;
            if (i >= 1 && previous[at - 1] > none)
                before = std::max(before, previous[at - 1] + 10);
            if (before > none)
                current[at] = before + own;
        }
        previous.swap(current);
    }
    const auto top = std::max_element(previous.begin(), previous.end());
    if (top == previous.end() || *top <= none / 2)
        return std::nullopt;
    return *top;
}

} // namespace

std::optional<int> fuzzyScore(const QString& typed, const QString& text) {
    int total = 0;
    const QStringList words = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& word : words) {
        const auto score = wordScore(word, text);
        if (!score)
            return std::nullopt;
        total += *score * 16;
        if (text.compare(word, Qt::CaseInsensitive) == 0)
            total += 400;
        else if (text.startsWith(word, Qt::CaseInsensitive))
            total += 100;
    }
    return total - static_cast<int>(std::min<qsizetype>(text.size(), 64));
}

} // namespace ui
