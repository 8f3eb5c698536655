using System.Text;

namespace Raft.Verified.Coyote;

/// <summary>The mapping from scenarios to test methods: the method of <c>chaos-5</c> is <c>Chaos5</c>.</summary>
internal static class ScenarioNames
{
    /// <summary>Returns the name of the test method that runs a scenario.</summary>
    /// <param name="scenario">The scenario's name: words in lower case, joined by hyphens.</param>
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
