using Raft.Verified.Protocol;
using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing.Log;

/// <summary>
/// The columns of the readable log, which depend on its lines. Servers without lines have no column. Columns are as
/// wide as their text, or share the width of a terminal. When it is small, the time is left out first.
/// </summary>
/// <param name="Servers">The servers with a column.</param>
/// <param name="Widths">The widths of the texts in these columns, without borders.</param>
/// <param name="Last">The width of the last column, for clients and network; null when it has no lines.</param>
/// <param name="HasTime">True when lines begin with the virtual time.</param>
internal sealed record LogColumns(IReadOnlyList<ServerId> Servers, IReadOnlyList<int> Widths, int? Last, bool HasTime)
{
    /// <summary>The width of the number of the step.</summary>
    public const int NumberWidth = 6;

    /// <summary>The width of the virtual time.</summary>
    public const int TimeWidth = 9;

    /// <summary>The heading of the last column.</summary>
    public const string LastHeading = "clients and network";

    // A border, a blank after it, and a blank after the text.
    private const int Frame = 3;

    // Shorter lines are harder to read than an event that names its server.
    private const int MinText = 14;

    private const int MaxText = 44;

    // The width of a column whose texts are not known yet.
    private const int OpenText = 30;

    /// <summary>Returns the columns for some lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="open">
    /// The servers that get a column because more lines follow; empty when these are all lines.
    /// </param>
    /// <param name="width">The width of the terminal; null for any width.</param>
    /// <param name="isForced">True to use columns even when they do not fit.</param>
    /// <returns>The columns; null when they do not fit.</returns>
    public static LogColumns? Of(IReadOnlyList<LogLine> lines, IReadOnlyList<ServerId> open, int? width, bool isForced)
    {
        bool isOpen = open.Count > 0;
        Need last = Need.Of(LastHeading, lines.Where(line => line.Server.IsNone), isOpen);
        ServerId[] servers = [.. lines.Select(line => line.Server).Where(server => !server.IsNone).Concat(open).Distinct().OrderBy(server => server.Value)];
        Need[] needs = [.. servers.Select(server => Need.Of($"{server}", lines.Where(line => line.Server == server), isOpen))];
        Need[] all = last.HasLines ? [.. needs, last] : needs;
        int[]? widths = null;
        bool hasTime = true;
        if (width is { } available)
        {
            widths = Share(all, available - NumberWidth - 1 - TimeWidth);
            if (widths is null)
            {
                hasTime = false;
                widths = Share(all, available - NumberWidth - 1) ?? (isForced ? [.. all.Select(need => need.Least)] : null);
            }

            if (widths is null)
            {
                return null;
            }
        }

        widths ??= [.. needs.Select(need => Math.Max(need.Least, Math.Min(need.Most, MaxText))), last.Most];
        return new LogColumns(servers, widths[..servers.Length], last.HasLines ? widths[^1] : null, hasTime);
    }

    // The least width for each column, and the rest to those that lack most; null when it does not suffice.
    private static int[]? Share(IReadOnlyList<Need> needs, int width)
    {
        int[] widths = [.. needs.Select(need => need.Least)];
        int left = width - widths.Sum(text => text + Frame);
        if (left < 0)
        {
            return null;
        }

        for (; left > 0; left--)
        {
            int most = Enumerable.Range(0, widths.Length).MaxBy(i => Math.Min(needs[i].Most, MaxText) - widths[i]);
            if (widths.Length == 0 || widths[most] >= Math.Min(needs[most].Most, MaxText))
            {
                break;
            }

            widths[most]++;
        }

        return widths;
    }

    /// <summary>The room that the texts of a column need.</summary>
    /// <param name="HasLines">True when there is any text, or will be.</param>
    /// <param name="Least">The width with which no word is broken and lines are not too short.</param>
    /// <param name="Most">The width with which no text is broken.</param>
    private readonly record struct Need(bool HasLines, int Least, int Most)
    {
        public static Need Of(string heading, IEnumerable<LogLine> lines, bool isOpen)
        {
            Need need = new(isOpen, TextWrap.LongestWord(heading), Math.Max(heading.Length, isOpen ? OpenText : 0));
            foreach (LogLine line in lines)
            {
                need = new Need(true, Math.Max(need.Least, TextWrap.LongestWord(line.Text)), Math.Max(need.Most, line.Text.Length));
            }

            return need with { Least = Math.Max(need.Least, Math.Min(need.Most, MinText)) };
        }
    }
}
