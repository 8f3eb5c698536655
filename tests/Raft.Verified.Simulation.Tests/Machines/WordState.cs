using System.Text.Json.Serialization;

namespace Raft.Verified.Tests.Machines;

/// <summary>A set of words, with a member that no JSON can restore.</summary>
public sealed class WordState
{
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public SortedSet<string> Words { get; } = new(StringComparer.Ordinal);

    public long Commands { get; set; }

    /// <summary>The number of the commands that were counted here, where it is lost with the next restore.</summary>
    public long Lost { get; private set; }

    public void CountWhereItIsLost() => Lost++;
}
