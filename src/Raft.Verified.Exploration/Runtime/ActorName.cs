using System.Globalization;

namespace Raft.Verified.Exploration.Runtime;

/// <summary>The names of actors in labels of operations, tasks and processes: S1 for actor 1.</summary>
internal static class ActorName
{
    /// <summary>Returns the name of an actor.</summary>
    public static string Of(int actor) => string.Create(CultureInfo.InvariantCulture, $"S{actor}");

    /// <summary>Returns the number of the actor whose name is the last word of a text; 0 for none.</summary>
    public static int AtEndOf(string text) =>
        text.LastIndexOf(" S", StringComparison.Ordinal) is >= 0 and var at && int.TryParse(text.AsSpan(at + 2), out int actor) ? actor : 0;
}
