// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/box_glyphs.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

namespace ui {

namespace {

// U+2500 to U+257F: the arms to the left, up, to the right, down. 1 light, 2 heavy, 3 double.
constexpr std::string_view kArms = "1010202001010202101020200101020210102020010102020011002100120022"
                                   "1001200110022002011001200210022011002100120022000111012102110112"
                                   "0212022101220222110121011201110212022201210222021011201110212021"
                                   "1012201210222022111021101120212012102210122022201111211111212121"
                                   "1211111212122211122121121122222121222212122222221010202001010202"
                                   "3030030300310013003330011003300301300310033031001300330001310313"
                                   "0333310113033303303110133033313013103330313113133333001110011100"
                                   "0110000000000000100001000010000120000200002000021020010220100201";

enum Arm : std::size_t { Left, Up, Right, Down };

struct Box {
    QPainter& painter;
    QRectF cell;
    QColor color;
    qreal pixel; ///< Of the device.
    qreal light; ///< Width of a light line.

    [[nodiscard]] qreal snap(qreal value) const { return std::round(value / pixel) * pixel; }
    void fill(qreal left, qreal top, qreal right, qreal bottom) const {
        painter.fillRect(QRectF(QPointF(left, top), QPointF(right, bottom)), color);
    }
    /// A line along x from `from` to `to`, or along y, with its middle at `across`.
    void line(bool isAlongX, qreal from, qreal to, qreal across, qreal width) const {
        const qreal begin = snap(across - width / 2);
        if (isAlongX)
            fill(std::min(from, to), begin, std::max(from, to), begin + width);
        else
            fill(begin, std::min(from, to), begin + width, std::max(from, to));
    }
};

void paintArms(const Box& box, std::string_view arms) {
    const qreal middleX = box.snap(box.cell.center().x() - box.light / 2) + box.light / 2;
    const qreal middleY = box.snap(box.cell.center().y() - box.light / 2) + box.light / 2;
    const qreal gap = box.light + box.pixel * std::round(box.light / box.pixel / 2);
    for (const Arm arm : {Left, Up, Right, Down}) {
        const int weight = arms[arm] - '0';
        if (weight == 0)
            continue;
        const bool isAlongX = arm == Left || arm == Right;
        const qreal out = arm == Left || arm == Up ? -1 : 1; // where the arm points to
        const qreal middle = isAlongX ? middleX : middleY;
        const qreal across = isAlongX ? middleY : middleX;
        const qreal edge = arm == Left    ? box.cell.left()
                           : arm == Right ? box.cell.right()
                           : arm == Up    ? box.cell.top()
                                          : box.cell.bottom();
        const int before = arms[isAlongX ? Up : Left] - '0';
        const int after = arms[isAlongX ? Down : Right] - '0';
        const int opposite = arms[(arm + 2) % 4] - '0';
        if (weight < 3) {
            const qreal width = weight * box.light;
            const qreal widest = std::max({1, before % 3, after % 3}) * box.light;
            qreal start = middle - out * widest / 2;
            if (before == 3 && after == 3)
                start = opposite != 0 ? middle : middle + out * gap;
            else if (before == 3 || after == 3)
                start = middle - out * (gap + box.light / 2);
            box.line(isAlongX, start, edge, across, width);
            continue;
        }
        const auto startOf = [&](int near, int far) {
            if (near == 3)
                return middle + out * (gap - box.light / 2);
            return far == 3 ? middle - out * (gap + box.light / 2) : middle - out * box.light / 2;
        };
        box.line(isAlongX, startOf(before, after), edge, across - gap, box.light);
        box.line(isAlongX, startOf(after, before), edge, across + gap, box.light);
    }
}

void paintDashes(const Box& box, std::string_view arms, int count) {
    const bool isAlongX = arms[Left] != '0';
    const qreal width = (isAlongX ? arms[Left] - '0' : arms[Up] - '0') * box.light;
    const qreal from = isAlongX ? box.cell.left() : box.cell.top();
    const qreal step = (isAlongX ? box.cell.width() : box.cell.height()) / count;
    const qreal across = isAlongX ? box.cell.center().y() : box.cell.center().x();
    for (int i = 0; i < count; ++i)
        box.line(isAlongX, box.snap(from + i * step), box.snap(from + i * step + step * 0.6), across, width);
}

void paintCurve(const Box& box, char32_t character) {
    const QRectF cell = box.cell;
    const qreal x = box.snap(cell.center().x() - box.light / 2) + box.light / 2;
    const qreal y = box.snap(cell.center().y() - box.light / 2) + box.light / 2;
    QPainterPath path;
    if (character <= 0x2570) {
        const bool isRight = character == 0x256D || character == 0x2570;
        const bool isDown = character == 0x256D || character == 0x256E;
        const QPointF side(isRight ? cell.right() : cell.left(), y);
        const QPointF end(x, isDown ? cell.bottom() : cell.top());
        const qreal radius = std::min(cell.width(), cell.height()) / 2;
        path.moveTo(side);
        path.lineTo(x + (isRight ? radius : -radius), y);
        path.quadTo(QPointF(x, y), QPointF(x, y + (isDown ? radius : -radius)));
        path.lineTo(end);
    } else {
        if (character != 0x2572) {
            path.moveTo(cell.topRight());
            path.lineTo(cell.bottomLeft());
        }
        if (character != 0x2571) {
            path.moveTo(cell.topLeft());
            path.lineTo(cell.bottomRight());
        }
    }
    box.painter.save();
    box.painter.setRenderHint(QPainter::Antialiasing);
    box.painter.setClipRect(cell);
    box.painter.strokePath(path, QPen(box.color, box.light));
    box.painter.restore();
}

void paintBlock(const Box& box, char32_t character) {
    const QRectF cell = box.cell;
    const auto y = [&](int eighths) { return box.snap(cell.top() + cell.height() * eighths / 8); };
    const auto x = [&](int eighths) { return box.snap(cell.left() + cell.width() * eighths / 8); };
    const int number = static_cast<int>(character) - 0x2580;
    if (number == 0) {
        box.fill(x(0), y(0), x(8), y(4));
    } else if (number <= 8) {
        box.fill(x(0), y(8 - number), x(8), y(8));
    } else if (number <= 0x0F) {
        box.fill(x(0), y(0), x(0x10 - number), y(8));
    } else if (number == 0x10) {
        box.fill(x(4), y(0), x(8), y(8));
    } else if (number <= 0x13) {
        QColor shade = box.color;
        shade.setAlphaF(static_cast<float>(number - 0x10) * 0.25F);
        box.painter.fillRect(cell, shade);
    } else if (number == 0x14) {
        box.fill(x(0), y(0), x(8), y(1));
    } else if (number == 0x15) {
        box.fill(x(7), y(0), x(8), y(8));
    } else {
        // Quadrants: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
        constexpr std::array<int, 10> kQuadrants = {4,         8,         1, 1 | 4 | 8, 1 | 8,
                                                    1 | 2 | 4, 1 | 2 | 8, 2, 2 | 4,     2 | 4 | 8};
        const int quadrants = kQuadrants[static_cast<std::size_t>(number - 0x16)];
        for (int i = 0; i < 4; ++i) {
            if ((quadrants & (1 << i)) != 0)
                box.fill(x(i % 2 * 4), y(i / 2 * 4), x(i % 2 * 4 + 4), y(i / 2 * 4 + 4));
        }
    }
}

void paintBraille(const Box& box, char32_t character) {
    constexpr std::array<std::array<int, 2>, 8> kDots = {
        {{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}}};
    const qreal size = std::max(box.pixel, box.snap(box.cell.width() / 4));
    for (std::size_t i = 0; i < kDots.size(); ++i) {
        if (((character - 0x2800) & (1U << i)) == 0)
            continue;
        const qreal x = box.snap(box.cell.left() + box.cell.width() * (0.25 + kDots[i][0] * 0.5) - size / 2);
        const qreal y = box.snap(box.cell.top() + box.cell.height() * (0.125 + kDots[i][1] * 0.25) - size / 2);
        box.fill(x, y, x + size, y + size);
    }
}

} // namespace

bool paintBoxGlyph(QPainter& painter, const QRectF& cell, char32_t character, const QColor& color) {
    const bool isBraille = character >= 0x2800 && character <= 0x28FF;
    if (!isBraille && (character < 0x2500 || character > 0x259F))
        return false;
    const qreal pixel = 1 / painter.device()->devicePixelRatioF();
    const qreal light = std::max(pixel, std::round(cell.height() / 16 / pixel) * pixel);
    const Box box{painter, cell, color, pixel, light};
    if (isBraille) {
        paintBraille(box, character);
    } else if (character >= 0x2580) {
        paintBlock(box, character);
    } else if (character >= 0x256D && character <= 0x2573) {
        paintCurve(box, character);
    } else {
        const std::string_view arms = kArms.substr((character - 0x2500) * 4, 4);
        const bool isThree = character >= 0x2504 && character <= 0x2507;
        const bool isFour = character >= 0x2508 && character <= 0x250B;
        const bool isTwo = character >= 0x254C && character <= 0x254F;
        if (isTwo || isThree || isFour)
            paintDashes(box, arms, isTwo ? 2 : isThree ? 3 : 4);
        else
            paintArms(box, arms);
    }
    return true;
}

} // namespace ui
