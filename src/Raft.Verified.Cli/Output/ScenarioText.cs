using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Output;

/// <summary>How scenarios are described.</summary>
internal static class ScenarioText
{
    /// <summary>The clocks a scenario runs in, by name.</summary>
    public static IEnumerable<string> Clocks(Scenario scenario)
    {
        if (scenario.Clocks.HasFlag(Exploration.Runtime.Clocks.Timed))
        {
            yield return Clock(timed: true);
        }

        if (scenario.Clocks.HasFlag(Exploration.Runtime.Clocks.Untimed))
        {
            yield return Clock(timed: false);
        }
    }

    /// <summary><c>timed</c>, <c>untimed</c>, or <c>both</c>.</summary>
    public static string ClocksInAWord(Scenario scenario) =>
        scenario.Clocks == Exploration.Runtime.Clocks.Both ? "both" : string.Join(", ", Clocks(scenario));

    /// <summary>The name of a clock.</summary>
    public static string Clock(bool timed) => timed ? "timed" : "untimed";
}
