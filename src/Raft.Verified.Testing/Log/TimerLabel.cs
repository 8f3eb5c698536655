using System.Globalization;
using System.Text.RegularExpressions;
using Raft.Verified.Protocol;

namespace Raft.Verified.Testing.Log;

/// <summary>
/// The labels of decisions by which the timer of a server fires. Such a decision is not an event, but many events
/// follow from it.
/// </summary>
internal static partial class TimerLabel
{
    /// <summary>Returns the server and the name of its timer; null for the label of any other decision.</summary>
    /// <param name="label">The label of the decision.</param>
    public static (ServerId Server, string Timer)? Parse(string label) => ServerTimer().Match(label) is { Success: true } match
        ? (new ServerId(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)), match.Groups[2].Value)
        : null;

    [GeneratedRegex("^S([1-9][0-9]{0,3}) (.+ timer)$")]
    private static partial Regex ServerTimer();
}
