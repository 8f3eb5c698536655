namespace Raft.Verified.Coyote.Monitors;

/// <summary>
/// Election Safety (section 5.2) as a Coyote monitor: there is at most one leader per term. The monitor holds plain
/// numbers. When memory accesses are scheduling points, Coyote forbids monitors to call code that contains such points.
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

    /// <summary>The election of a server as the leader of a term.</summary>
    /// <param name="server">The number of the server; from 1.</param>
    /// <param name="term">The number of the term; from 1.</param>
    internal sealed class Elected(int server, long term) : Event
    {
        public int Server => server;

        public long Term => term;
    }

    [Start]
    [OnEventDoAction(typeof(Elected), nameof(Remember))]
    private sealed class Watching : State;
}
