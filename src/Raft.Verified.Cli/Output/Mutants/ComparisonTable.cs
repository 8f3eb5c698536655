using System.Globalization;
using System.Text;
using Raft.Verified.Mutants.Gate;

namespace Raft.Verified.Cli.Output.Mutants;

/// <summary>The comparison of strategies as a Markdown table.</summary>
internal static class ComparisonTable
{
    /// <summary>
    /// Returns the table: one row per mutant with the median number of schedules of each strategy, and then the totals.
    /// </summary>
    /// <param name="comparison">The comparison, after its run.</param>
    public static string Of(StrategyComparison comparison)
    {
        StringBuilder text = new();
        Row(text, ["mutant", "scenario", .. comparison.Strategies]);
        Row(text, ["---", "---", .. comparison.Strategies.Select(_ => "---:")]);
        for (int mutant = 0; mutant < comparison.Mutants.Count; mutant++)
        {
            int row = mutant;
            Row(text, [comparison.Mutants[mutant].Id, comparison.Mutants[mutant].Scenarios[0], .. comparison.Strategies.Select((_, strategy) =>
                comparison.MedianOf(row, strategy) is { } median ? Format.Number(median) : $">{Format.Number(comparison.Budget)}")]);
        }

        Row(text, ["searches that found it", "", .. comparison.Strategies.Select((_, strategy) => Percent(Found(comparison, strategy)))]);
        Row(text, ["mutants found by every seed", "", .. comparison.Strategies.Select((_, strategy) => Format.Number(ByEverySeed(comparison, strategy)))]);
        Row(text, ["geometric mean of all searches", "", .. comparison.Strategies.Select((_, strategy) => GeometricMean(comparison, strategy).ToString("F1", CultureInfo.InvariantCulture))]);
        return text.ToString().TrimEnd('\n');
    }

    private static double Found(StrategyComparison comparison, int strategy) =>
        All(comparison, strategy).Average(schedules => schedules is null ? 0.0 : 1.0);

    private static int ByEverySeed(StrategyComparison comparison, int strategy) =>
        Enumerable.Range(0, comparison.Mutants.Count).Count(mutant => comparison.SchedulesOf(mutant, strategy).All(schedules => schedules is not null));

    // A search that gave up counts as the budget, so the mean is then a lower bound.
    private static double GeometricMean(StrategyComparison comparison, int strategy) =>
        Math.Exp(All(comparison, strategy).Average(schedules => Math.Log(schedules ?? comparison.Budget)));

    private static IEnumerable<long?> All(StrategyComparison comparison, int strategy) =>
        Enumerable.Range(0, comparison.Mutants.Count).SelectMany(mutant => comparison.SchedulesOf(mutant, strategy));

    private static string Percent(double part) => part.ToString("P1", CultureInfo.InvariantCulture);

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
