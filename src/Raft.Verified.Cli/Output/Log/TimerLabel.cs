using System.Globalization;
using System.Text.RegularExpressions;
using Raft.Verified.Protocol;

namespace Raft.Verified.Cli.Output.Log;

/// <summary>The decisions by which a server's timer fires: no events of the stream, but what many events follow from.</summary>
internal static partial class TimerLabel
{
    /// <summary>The server and the name of its timer; null when the decision is another one.</summary>
    public static (ServerId Server, string Timer)? Parse(string label) => ServerTimer().Match(label) is { Success: true } match
        ? (new ServerId(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)), match.Groups[2].Value)
        : null;

    [GeneratedRegex("^S([1-9][0-9]{0,3}) (.+ timer)$")]
    private static partial Regex ServerTimer();
}
