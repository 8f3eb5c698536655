using System.Globalization;
using System.Text.RegularExpressions;
using Raft.Verified.Protocol;

namespace Raft.Verified.Cli.Show;

/// <summary>Which links are cut, as the environment's notes tell it: partitions, single directions, servers taken off the labs' network.</summary>
internal sealed partial class LinkNotes(int servers)
{
    private readonly bool[,] _cut = new bool[servers + 1, servers + 1];
    private readonly bool[] _disconnected = new bool[servers + 1];

    /// <summary>Takes over a note.</summary>
    /// <returns>All links that are cut now; null when the note is about something else.</returns>
    public IReadOnlyList<Link>? Read(ServerId server, string note)
    {
        if (note.StartsWith("partition ", StringComparison.Ordinal))
        {
            List<int>[] groups = [.. note["partition ".Length..].Split('|').Select(Servers)];
            SetAll((from, to) => !Array.Exists(groups, group => group.Contains(from) && group.Contains(to)));
        }
        else if (note == "network healed")
        {
            SetAll((_, _) => false);
        }
        else if (OneDirection().Match(note) is { Success: true } match && !server.IsNone)
        {
            _cut[server.Value, Number(match.Groups[1])] = true;
        }
        else if (note is "connected" or "disconnected" && !server.IsNone)
        {
            _disconnected[server.Value] = note == "disconnected";
            SetAll((from, to) => _disconnected[from] || _disconnected[to]);
        }
        else
        {
            return null;
        }

        return Cuts();
    }

    private void SetAll(Func<int, int, bool> isCut)
    {
        for (int from = 1; from <= servers; from++)
        {
            for (int to = 1; to <= servers; to++)
            {
                _cut[from, to] = from != to && isCut(from, to);
            }
        }
    }

    private List<Link> Cuts()
    {
        List<Link> cuts = [];
        for (int from = 1; from <= servers; from++)
        {
            for (int to = 1; to <= servers; to++)
            {
                if (_cut[from, to])
                {
                    cuts.Add(new Link(new ServerId(from), new ServerId(to)));
                }
            }
        }

        return cuts;
    }

    private List<int> Servers(string group) => [.. Server().Matches(group).Select(match => Number(match.Groups[1])).Where(number => number <= servers)];

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("S([1-9][0-9]{0,3})")]
    private static partial Regex Server();

    [GeneratedRegex("^cut off from S([1-9][0-9]{0,3}) in this direction$")]
    private static partial Regex OneDirection();
}
