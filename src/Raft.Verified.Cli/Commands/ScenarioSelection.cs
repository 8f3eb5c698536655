using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Scenarios.Models;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>The selection of scenarios by the names on the command line.</summary>
internal static class ScenarioSelection
{
    /// <summary>
    /// Returns the selected scenarios, in the order of the library. A pattern that matches no listed scenario is
    /// matched with those that are found by name only.
    /// </summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="names">The names and patterns of the user; empty to select all listed scenarios.</param>
    /// <exception cref="InputException">A name or pattern matches no scenario.</exception>
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

    /// <summary>Returns the scenario with the exact name, including those of models; null when there is none.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="name">The name of the scenario.</param>
    public static Scenario? Find(CommandContext context, string name) => All(context).FirstOrDefault(scenario => scenario.Name == name) ?? ModelScenario.Find(name);

    /// <summary>Returns the message that a scenario does not exist, with similar names.</summary>
    /// <param name="name">The name or pattern that matches no scenario.</param>
    /// <param name="context">The context of the command.</param>
    public static string Missing(string name, CommandContext context)
    {
        string found = NamePattern.IsPattern(name) ? $"no scenario matches '{name}'" : $"unknown scenario '{name}'";
        string option = context.Assembly is { } assembly ? $" {AssemblyOption.Name} {FollowUp.Quoted(assembly.File)}" : "";
        return $"{found}{Nearest.Suggest(name, All(context).Select(scenario => scenario.Name))} ('raft list{option}' lists them)";
    }

    private static IEnumerable<Scenario> All(CommandContext context) => context.Scenarios.Concat(context.FoundByName);

    private static string[] Fitting(string name, IReadOnlyList<Scenario> scenarios) =>
        [.. scenarios.Select(scenario => scenario.Name).Where(candidate => NamePattern.Fits(name, candidate))];
}
