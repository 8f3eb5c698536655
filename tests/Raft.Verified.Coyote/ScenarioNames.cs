using System.Text;

namespace Raft.Verified.Coyote;

/// <summary>The names of scenarios as the names of test methods: <c>chaos-5</c> is <c>Chaos5</c>.</summary>
internal static class ScenarioNames
{
    /// <summary>The method that runs the scenario of this name.</summary>
    public static string MethodOf(string scenario)
    {
        StringBuilder method = new();
        foreach (string word in scenario.Split('-'))
        {
            method.Append(char.ToUpperInvariant(word[0])).Append(word.AsSpan(1));
        }

        return method.ToString();
    }
}
