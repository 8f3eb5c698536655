using Raft.Verified.Protocol;
using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing.Log;

/// <summary>The lines above the readable log: the notation, and a note about everything that is not shown.</summary>
internal static class LogLegend
{
    private static readonly string[] Notation =
    [
        "# leader", "? candidate", "| follower", "blank: down", "->S2: sent to S2", "<-S2: received from S2", "t1: term 1", "3/2: entry 3 of term 2",
        "[s4/2 5-7/3]: log with a snapshot through entry 4, then entries 5 to 7 of term 3", "c4: commit index 4",
    ];

    /// <summary>Returns the lines of the notation. A line never breaks between a sign and its meaning, if it can be helped.</summary>
    /// <param name="width">The number of characters per line.</param>
    public static IEnumerable<string> Lines(int width)
    {
        string line = "";
        foreach (string sign in Notation)
        {
            if (line.Length > 0 && line.Length + 3 + sign.Length > width)
            {
                yield return line;
                line = "";
            }

            if (sign.Length > width)
            {
                foreach (string part in TextWrap.Lines(sign, width, hang: 2))
                {
                    yield return part;
                }
            }
            else
            {
                line = line.Length == 0 ? sign : $"{line}   {sign}";
            }
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    /// <summary>Returns the note about servers without a column; an empty text when there is none.</summary>
    /// <param name="servers">The number of servers.</param>
    /// <param name="shown">The servers with a column.</param>
    public static string LeftOut(int servers, IReadOnlyList<ServerId> shown)
    {
        string[] names = [.. Enumerable.Range(1, servers).Select(id => new ServerId(id)).Except(shown).Select(server => $"{server}")];
        return names switch
        {
            [] => "",
            _ when shown.Count == 0 => "No server has events in this log.",
            [var one] => $"{one} has no events in this log, and no column.",
            _ => $"{string.Join(", ", names[..^1])} and {names[^1]} have no events in this log, and no columns.",
        };
    }
}
