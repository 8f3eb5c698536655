using System.IO.Enumeration;
using Raft.Verified.Exploration.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>Finds scenarios by what the user typed.</summary>
internal static class ScenarioSelection
{
    /// <summary>The scenarios of these names and patterns (<c>*</c> and <c>?</c>), in the library's order; all when none is named.</summary>
    /// <exception cref="InputException">A name or pattern fits no scenario.</exception>
    public static IReadOnlyList<Scenario> Select(IReadOnlyList<Scenario> all, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (!all.Any(scenario => Fits(name, scenario)))
            {
                throw new InputException(Missing(name, all));
            }
        }

        return names.Count == 0 ? all : [.. all.Where(scenario => names.Any(name => Fits(name, scenario)))];
    }

    /// <summary>The scenario of this name, nothing else; null when there is none.</summary>
    public static Scenario? Find(IReadOnlyList<Scenario> all, string name) => all.FirstOrDefault(scenario => scenario.Name == name);

    /// <summary>Says that there is no such scenario, and which names are near.</summary>
    public static string Missing(string name, IReadOnlyList<Scenario> all)
    {
        string found = IsPattern(name) ? $"no scenario fits '{name}'" : $"unknown scenario '{name}'";
        return $"{found}{Nearest.Suggest(name, all.Select(scenario => scenario.Name))} ('raft list' lists them)";
    }

    private static bool Fits(string name, Scenario scenario) => IsPattern(name)
        ? FileSystemName.MatchesSimpleExpression(name, scenario.Name, ignoreCase: false)
        : name == scenario.Name;

    private static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');
}
