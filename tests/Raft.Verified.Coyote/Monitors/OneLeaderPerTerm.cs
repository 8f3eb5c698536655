namespace Raft.Verified.Coyote.Monitors;

/// <summary>
/// Election Safety (section 5.2) once more, as a monitor of Coyote's: at most one leader in a term. It holds plain numbers: when memory accesses are
/// scheduling points, Coyote allows no monitor to call code that has them.
/// </summary>
internal sealed class OneLeaderPerTerm : Microsoft.Coyote.Specifications.Monitor
{
    private readonly Dictionary<long, int> _leaders = [];

    private void Remember(Event raised)
    {
        Elected elected = (Elected)raised;
        if (!_leaders.TryAdd(elected.Term, elected.Server))
        {
            int other = _leaders[elected.Term];
            Assert(other == elected.Server, "S{0} and S{1} both lead term {2}", other, elected.Server, elected.Term);
        }
    }

    /// <summary>A server became the leader of a term.</summary>
    internal sealed class Elected(int server, long term) : Event
    {
        public int Server => server;

        public long Term => term;
    }

    [Start]
    [OnEventDoAction(typeof(Elected), nameof(Remember))]
    private sealed class Watching : State;
}
