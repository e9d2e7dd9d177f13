// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_filter.h"
#include "ui/logs/line_text.h"

#include <QAbstractScrollArea>
#include <QFont>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace ui {

class LogLines;

/// Lines of a log, as many as there may be: only those on the screen are read, recognized and laid out. Follows the end
/// as long as the end is on the screen.
class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(LogLines& lines, QWidget* parent);

    void setFilter(std::shared_ptr<const logs::LogFilter> filter);
    void setWraps(bool on);
    void setShowsTimes(bool on);
    void setForm(LineForm form);
    static constexpr int kSmallest = -3;
    static constexpr int kLargest = 38;
    /// By how many points the text is larger than usual, within these bounds.
    void setEnlargement(int points);
    [[nodiscard]] int enlargement() const { return m_enlargement; }
    void setHues(std::function<int(fleet::ClusterId)> hueOf); ///< Of clusters; none: the band is left out.
    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool on);

    /// The line that has the cursor; nothing while none was chosen.
    [[nodiscard]] std::optional<logs::Row> currentRow() const;
    /// Puts the cursor there and shows it in the middle.
    void goTo(logs::Row row);
    /// Rows that are copied at once.
    static constexpr std::size_t kMostCopied = 100'000;
    [[nodiscard]] std::size_t selectedCount() const;
    /// Of the rows chosen, the first kMostCopied of them, as they are written, without colours.
    [[nodiscard]] QString selectedText() const;
    /// Other lines are shown from now on: rows mean something else.
    void clearMarks();
    void toggleMark();
    enum class Way { Next, Previous };
    /// False where there is none.
    bool goToMark(Way way);

signals:
    void currentChanged();
    void followingChanged();
    void activated();
    void enlargementChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Columns {
        int time = 0;
        int level = 0;
        int source = 0;
        int text = 0;
    };
    struct Laid;

    void linesChanged(std::size_t gone);
    void linesReset();
    void readFont();
    void readRange();
    void scrolled();
    [[nodiscard]] Columns columns() const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int heightOf(std::size_t place) const;
    [[nodiscard]] std::unique_ptr<Laid> lay(std::size_t place) const;
    /// The last place that the top of the view may have.
    [[nodiscard]] std::size_t lastTop() const;
    [[nodiscard]] std::size_t placeAt(int y) const;
    void paintRow(QPainter& painter, std::size_t place, const Laid& laid, int y);
    void paintSource(QPainter& painter, const logs::LogRow& row, const QRect& box);
    void moveTo(std::size_t place, bool extends);
    void ensureVisible(std::size_t place);
    [[nodiscard]] bool isSelected(std::size_t place) const;
    [[nodiscard]] const logs::SourceInfo& sourceOf(logs::SourceId id) const;

    LogLines& m_lines;
    std::shared_ptr<const logs::LogFilter> m_filter;
    std::function<int(fleet::ClusterId)> m_hueOf;
    mutable std::vector<std::optional<logs::SourceInfo>> m_sources;
    std::set<logs::Row> m_marks;
    std::optional<std::size_t> m_current;
    std::size_t m_anchor = 0;
    bool m_isFollowing = true;
    bool m_wraps = false;
    bool m_showsTimes = true;
    bool m_isReading = false;
    LineForm m_form = LineForm::Recognized;
    QFont m_font;
    int m_enlargement = 0;
    int m_wheel = 0; ///< Turned, but not a whole step yet.
    mutable int m_widest = 0;
};

} // namespace ui
