using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>
/// Several cores, their disks and the messages between them. A message stays in flight until the test delivers or drops it; the safety
/// properties are checked after every step (<see cref="SafetyChecks"/>).
/// </summary>
internal sealed class Cluster
{
    private readonly CoreHarness[] _servers;
    private readonly List<OutgoingMessage>[] _waiting;
    private readonly bool[] _down;
    private readonly SafetyChecks _checks;
    private bool _completing;

    public Cluster(
        int servers, Func<int, DurableState>? disk = null, bool emptyEntry = false, Func<RaftCoreOptions, RaftCoreOptions>? with = null)
    {
        _servers = new CoreHarness[servers + 1];
        _waiting = [.. Enumerable.Range(0, servers + 1).Select(_ => new List<OutgoingMessage>())];
        _down = new bool[servers + 1];
        for (int id = 1; id <= servers; id++)
        {
            _servers[id] = CoreHarness.NotStarted(disk?.Invoke(id) ?? DurableState.Empty, servers, id, emptyEntry, with);
        }

        _checks = new SafetyChecks(_servers);
        for (int id = 1; id <= servers; id++)
        {
            Carry(id, _servers[id].Start());
        }
    }

    /// <summary>True when every write is durable before the next step.</summary>
    public bool InstantDisks { get; set; } = true;

    /// <summary>The messages in flight, oldest first.</summary>
    public List<Message> InFlight { get; } = [];

    public IEnumerable<int> Servers => Enumerable.Range(1, _servers.Length - 1);

    /// <summary>The number of times that each event worth meeting has happened.</summary>
    public IReadOnlyDictionary<string, int> Reached => _checks.Reached;

    public CoreHarness this[int id] => _servers[id];

    public string LogOf(int id) => _servers[id].LogText;

    public bool IsUp(int id) => !_down[id];

    public string AppliedBy(int id) => _checks.AppliedBy(id);

    public void Timeout(int id) => Carry(id, _servers[id].Timeout());

    public void Heartbeat(int id) => Carry(id, _servers[id].Heartbeat());

    public void Propose(int id, int count = 1) => Carry(id, _servers[id].Propose(count));

    /// <summary>The state machine writes its state after what it has applied up to <paramref name="index"/>.</summary>
    public void Compact(int id, long index) => Carry(id, _servers[id].Compact(index, _checks.StateAfter(index)));

    public void CompleteWrite(int id) => Carry(id, _servers[id].Complete());

    public void Crash(int id, int parts = 0)
    {
        _servers[id] = _servers[id].Crash(parts);
        _waiting[id].Clear();
        _down[id] = true;
        _checks.Crashed(id);
    }

    public void Restart(int id)
    {
        _down[id] = false;
        Carry(id, _servers[id].Start());
    }

    /// <summary>Delivers the oldest message of this kind from one server to the other.</summary>
    public TMessage Deliver<TMessage>(int from, int to) where TMessage : Message
    {
        TMessage message = Hold<TMessage>(from, to);
        Hand(message);
        return message;
    }

    /// <summary>Takes the oldest message of this kind out of the network, for <see cref="Hand"/> to deliver later, once or often.</summary>
    public TMessage Hold<TMessage>(int from, int to) where TMessage : Message
    {
        TMessage message = InFlight.OfType<TMessage>().First(m => m.From == S(from) && m.To == S(to));
        InFlight.Remove(message);
        return message;
    }

    /// <summary>Hands a message over; a server that is down never sees it.</summary>
    public void Hand(Message message)
    {
        int to = message.To.Value;
        if (!_down[to])
        {
            Carry(to, _servers[to].Receive(message));
        }
    }

    /// <summary>Delivers what is in flight between these servers, oldest first, until nothing is; drops all else.</summary>
    public void Settle(params int[] among)
    {
        for (int steps = 0; InFlight.Count > 0; steps++)
        {
            Assert.True(steps < 10_000, "the servers never stop talking");
            Message message = InFlight[0];
            InFlight.RemoveAt(0);
            if (among.Contains(message.From.Value) && among.Contains(message.To.Value))
            {
                Hand(message);
            }
        }
    }

    /// <summary>The server campaigns until these voters elect it; what else is in flight is dropped.</summary>
    public void Elect(int id, params int[] voters)
    {
        do
        {
            Timeout(id);
            foreach (int voter in voters)
            {
                Deliver<RequestVote>(id, voter);
                Deliver<RequestVoteReply>(voter, id);
            }

            InFlight.RemoveAll(m => m is RequestVote or RequestVoteReply || m.From != S(id));
        }
        while (_servers[id].Core.Role != Role.Leader && _servers[id].Core.CurrentTerm < T(20));

        Assert.Equal(Role.Leader, _servers[id].Core.Role);
    }

    private void Carry(int id, Step step)
    {
        _waiting[id].AddRange(step.Messages);
        List<OutgoingMessage> released = _waiting[id].FindAll(m => m.After.Value <= _servers[id].Disk.LastDone.Value);
        _waiting[id].RemoveAll(released.Contains);
        foreach (OutgoingMessage message in released)
        {
            _checks.Sent(message.Message);
            InFlight.Add(message.Message);
        }

        _checks.Stepped(id, step);
        if (InstantDisks && !_completing)
        {
            _completing = true;
            for (int writes = 0; _servers[id].Disk.Pending > 0; writes++)
            {
                Assert.True(writes < 1000, "every write asks for another");
                CompleteWrite(id);
            }

            _completing = false;
        }
    }
}
