// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/journal_row.h"
#include "core/change/journal_search.h"
#include "core/change/journal_store.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace change {

namespace {

/// Among so many newest lines short words are looked for first, without the index.
constexpr std::int64_t kNear = 20'000;
/// A result that so few lines have is the shortest way to them.
constexpr std::int64_t kFew = 5'000;
/// More trigrams that begin with a short word are no way any more.
constexpr std::size_t kMostTrigrams = 1'000;

} // namespace

enum class JournalStore::Way {
    All,       ///< Line by line, from the newest.
    OfSet,     ///< By its key.
    OfOutcome, ///< By an index of all results but Done.
    Indexed,   ///< By the index of trigrams.
};

JournalEntry entryOf(const fleet::Statement& row) {
    JournalEntry entry;
    entry.set = row.text(0);
    entry.number = static_cast<std::size_t>(row.number(1));
    entry.title = row.text(2);
    entry.undoes = row.text(3);
    entry.cluster = row.text(4);
    entry.clusterUid = row.text(5);
    entry.clusterUser = row.text(6);
    entry.verb = verbFrom(row.text(7)).value_or(Verb::Apply);
    entry.object.apiVersion = row.text(8);
    entry.object.kind = row.text(9);
    entry.resource = row.text(10);
    entry.subresource = row.text(11);
    entry.object.ns = row.text(12);
    entry.object.name = row.text(13);
    entry.outcome = static_cast<Outcome>(row.number(14));
    entry.message = row.text(15);
    entry.beganMs = row.number(16);
    entry.closedMs = row.number(17);
    entry.serverMs = row.number(18);
    entry.setMs = row.number(19);
    entry.person = row.text(20);
    entry.program = row.text(21);
    entry.line = row.number(22);
    entry.intent = row.text(23);
    return entry;
}

base::Result<std::vector<JournalEntry>> JournalStore::entries(const JournalQuery& query) {
    if (base::Result<void> settled = settleDead(); !settled)
        return base::fail(std::move(settled.error()));
    const std::string match = indexQuery(query);
    const base::Result<Way> way = wayTo(query, match);
    if (!way)
        return base::fail(way.error());
    if (!shortWords(query).empty() && *way != Way::OfSet)
        return findShort(query, *way, match);
    return *way == Way::Indexed ? findIndexed(query, match) : find(query, *way, match);
}

base::Result<std::int64_t> JournalStore::number(const char* sql) {
    fleet::Statement statement(m_database->handle(), sql);
    if (!statement.step())
        return base::fail(unreadable());
    return statement.number(0);
}

base::Result<JournalStore::Way> JournalStore::wayTo(const JournalQuery& query, const std::string& match) {
    if (!query.set.empty())
        return Way::OfSet;
    const Way other = match.empty() ? Way::All : Way::Indexed;
    if (!query.outcome || *query.outcome == Outcome::Done)
        return other;
    if (match.empty())
        return Way::OfOutcome;
    const std::string outcome = std::to_string(static_cast<int>(*query.outcome));
    const std::string few =
        "SELECT count(*) FROM (SELECT 1 FROM entries INDEXED BY other_outcomes WHERE outcome = " + outcome +
        " AND outcome != 2 LIMIT " + std::to_string(kFew) + ")";
    const base::Result<std::int64_t> count = number(few.c_str());
    if (!count)
        return base::fail(count.error());
    return *count < kFew ? Way::OfOutcome : other;
}

// The newest lines are in no index yet. Whatever becomes indexed meanwhile is looked at once, here.
base::Result<std::vector<JournalEntry>> JournalStore::findIndexed(JournalQuery query, const std::string& match) {
    const base::Result<std::int64_t> indexed = number("SELECT line FROM indexed");
    if (!indexed)
        return base::fail(indexed.error());
    JournalQuery newest = query;
    newest.after = std::max(query.after, *indexed);
    auto found = find(newest, Way::All, match);
    if (!found || (query.limit > 0 && found->size() == query.limit))
        return found;
    query.limit -= query.limit > 0 ? found->size() : 0;
    query.before = query.before > 0 ? std::min(query.before, *indexed + 1) : *indexed + 1;
    auto older = find(query, Way::Indexed, match);
    if (older)
        older->insert(older->begin(), std::make_move_iterator(found->begin()), std::make_move_iterator(found->end()));
    return older;
}

base::Result<std::vector<JournalEntry>> JournalStore::find(const JournalQuery& query, Way way,
                                                           const std::string& match) {
    JournalConditions conditions = conditionsOf(query);
    std::string from = "entries";
    std::string order = "line";
    if (way == Way::Indexed) {
        // CROSS: the index leads, in its own order.
        from = "words CROSS JOIN entries ON line = words.rowid";
        order = "words.rowid";
        conditions.all.push_back("words MATCH " + conditions.bind(match));
    } else if (way == Way::OfOutcome) {
        from = "entries INDEXED BY other_outcomes";
        conditions.all.emplace_back("outcome != 2");
    }
    if (query.before > 0)
        conditions.all.push_back(order + " < " + std::to_string(query.before));
    if (query.after > 0)
        conditions.all.push_back(order + " > " + std::to_string(query.after));
    std::string sql = std::string("SELECT ") + kEntryColumns + " FROM " + from;
    for (std::size_t i = 0; i < conditions.all.size(); ++i)
        sql += (i == 0 ? " WHERE " : " AND ") + conditions.all[i];
    sql += " ORDER BY " + order + " DESC";
    if (query.limit > 0)
        sql += " LIMIT " + std::to_string(query.limit);
    fleet::Statement statement(m_database->handle(), sql.c_str());
    for (std::size_t i = 0; i < conditions.texts.size(); ++i)
        statement.bind(static_cast<int>(i) + 1, conditions.texts[i]);
    std::vector<JournalEntry> found;
    while (statement.step())
        found.push_back(entryOf(statement));
    if (!statement.isDone())
        return base::fail(unreadable());
    return found;
}

// A word of one or two characters has no trigram. A frequent one fills the page from the newest lines; a rare one
// begins few trigrams, each of which few lines have.
base::Result<std::vector<JournalEntry>> JournalStore::findShort(const JournalQuery& query, Way way, std::string match) {
    const base::Result<std::int64_t> newest = number("SELECT ifnull(max(line), 0) FROM entries");
    if (!newest)
        return base::fail(newest.error());
    if (way == Way::OfOutcome)
        return find(query, way, match);
    const base::Result<std::int64_t> indexed = number("SELECT line FROM indexed");
    if (!indexed)
        return base::fail(indexed.error());
    JournalQuery near = query;
    // All that is in no index is near.
    near.after = std::min((query.before > 0 ? query.before : *newest + 1) - kNear, *indexed);
    const bool isAll = near.after <= std::max(query.after, std::int64_t(1));
    near.after = std::max(near.after, query.after);
    auto found = find(near, Way::All, match);
    if (!found || isAll || (query.limit > 0 && found->size() == query.limit))
        return found;
    for (const std::string& word : shortWords(query)) {
        const base::Result<std::vector<std::string>> trigrams = trigramsThatBegin(word);
        if (!trigrams)
            return base::fail(trigrams.error());
        if (trigrams->empty())
            return found;
        if (trigrams->size() < kMostTrigrams)
            match += (match.empty() ? "" : " AND ") + anyOf(*trigrams);
    }
    return match.empty() ? find(query, Way::All, match) : findIndexed(query, match);
}

base::Result<std::vector<std::string>> JournalStore::trigramsThatBegin(const std::string& word) {
    m_database->execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.trigrams USING fts5vocab('main', 'words', 'row')");
    fleet::Statement statement(m_database->handle(),
                               "SELECT term FROM temp.trigrams WHERE term >= ?1 AND term < ?2 LIMIT ?3");
    std::string end = word;
    end.back() = static_cast<char>(end.back() + 1);
    statement.bind(1, word).bind(2, end).bind(3, static_cast<std::int64_t>(kMostTrigrams));
    std::vector<std::string> found;
    while (statement.step())
        found.push_back(statement.text(0));
    if (!statement.isDone())
        return base::fail(unreadable());
    return found;
}

} // namespace change
