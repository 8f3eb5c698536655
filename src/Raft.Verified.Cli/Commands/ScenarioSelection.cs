using Raft.Verified.Scenarios.Models;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>Finds scenarios by what the user typed.</summary>
internal static class ScenarioSelection
{
    /// <summary>
    /// The scenarios of these names and patterns (<c>*</c> and <c>?</c>), in the library's order; all that are listed when none is named. Those
    /// found by name only are looked at by patterns that fit no other.
    /// </summary>
    /// <exception cref="InputException">A name or pattern fits no scenario.</exception>
    public static IReadOnlyList<Scenario> Select(CommandContext context, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return context.Scenarios;
        }

        HashSet<string> selected = [];
        foreach (string name in names)
        {
            string[] fitting = Fitting(name, context.Scenarios);
            if (fitting.Length == 0)
            {
                fitting = Fitting(name, context.FoundByName);
            }

            if (fitting.Length == 0)
            {
                throw new InputException(Missing(name, context));
            }

            selected.UnionWith(fitting);
        }

        return [.. All(context).Where(scenario => selected.Contains(scenario.Name))];
    }

    /// <summary>The scenario of this name, nothing else; those of models included. Null when there is none.</summary>
    public static Scenario? Find(CommandContext context, string name) => All(context).FirstOrDefault(scenario => scenario.Name == name) ?? ModelScenario.Find(name);

    /// <summary>Says that there is no such scenario, and which names are near.</summary>
    public static string Missing(string name, CommandContext context)
    {
        string found = NamePattern.IsPattern(name) ? $"no scenario fits '{name}'" : $"unknown scenario '{name}'";
        return $"{found}{Nearest.Suggest(name, All(context).Select(scenario => scenario.Name))} ('raft list' lists them)";
    }

    private static IEnumerable<Scenario> All(CommandContext context) => context.Scenarios.Concat(context.FoundByName);

    private static string[] Fitting(string name, IReadOnlyList<Scenario> scenarios) =>
        [.. scenarios.Select(scenario => scenario.Name).Where(candidate => NamePattern.Fits(name, candidate))];
}
