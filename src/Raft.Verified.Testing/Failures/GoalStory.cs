using System.Globalization;
using System.Text;
using Raft.Verified.Exploration;
using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing.Failures;

/// <summary>The story of goals that an exploration never reached.</summary>
internal static class GoalStory
{
    /// <summary>Returns the story.</summary>
    /// <param name="report">The report of the exploration.</param>
    public static string Of(ExplorationReport report)
    {
        StringBuilder story = new();
        story.Append(
            CultureInfo.InvariantCulture,
            $"Scenario '{Format.OneLine(report.Scenario)}' never reached {report.UnreachedGoals.Count()} of {Format.Count(report.Goals.Count, "goal")}")
            .Append(CultureInfo.InvariantCulture, $" in {Format.Count(report.Iterations, "schedule")} ({Format.Seconds(report.Seconds)}). It may not test what it should.\n\n");
        foreach ((string name, long count) in report.Goals)
        {
            string reached = count == 0 ? "never" : $"in {Format.Count(count, "schedule")}";
            story.Append(CultureInfo.InvariantCulture, $"  {reached,-20}  {Format.OneLine(name)}\n");
        }

        return story.Append(
            CultureInfo.InvariantCulture,
            $"\nGive the exploration more time ({nameof(RaftTestOptions)}.{nameof(RaftTestOptions.Time)}, or the environment variable {RaftTestOptions.SecondsVariable}),")
            .Append(" or change the scenario so that it reaches the goal.\n").ToString();
    }
}
