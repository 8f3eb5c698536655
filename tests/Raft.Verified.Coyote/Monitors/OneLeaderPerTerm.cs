using Raft.Verified.Protocol;

namespace Raft.Verified.Coyote.Monitors;
/// <summary>Election Safety (section 5.2) once more, as a monitor of Coyote's: at most one leader in a term.</summary>
internal sealed class OneLeaderPerTerm : Microsoft.Coyote.Specifications.Monitor
{
    private readonly Dictionary<Term, ServerId> _leaders = [];

    private void Remember(Event raised)
    {
        Elected elected = (Elected)raised;
        if (!_leaders.TryAdd(elected.Term, elected.Server))
        {
            ServerId other = _leaders[elected.Term];
            Assert(other == elected.Server, "{0} and {1} both lead term {2}", other, elected.Server, elected.Term);
        }
    }

    /// <summary>A server became the leader of a term.</summary>
    internal sealed class Elected(ServerId server, Term term) : Event
    {
        public ServerId Server => server;

        public Term Term => term;
    }

    [Start]
    [OnEventDoAction(typeof(Elected), nameof(Remember))]
    private sealed class Watching : State;
}
