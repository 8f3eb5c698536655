using Counter;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.StateMachines;
using Raft.Verified.Storage;

// Three servers in one process, in memory.
ServerId[] ids = [new(1), new(2), new(3)];
InProcessTransport network = new();
RaftCodec<Add, long> codec = new CounterMachine().Codec;
foreach (ServerId id in ids)
{
    network.Add(await RaftServer.StartAsync(
        new RaftOptions { Core = new RaftCoreOptions { Id = id, Servers = ids } },
        new RaftEnvironment
        {
            Storage = new InMemoryStorage(),
            Transport = network,
            StateMachine = new CounterMachine(),
            Time = TimeProvider.System,
            Random = Random.Shared,
            Tasks = new ThreadPoolTaskStarter(),
        }));
}

long value = 0;
for (int i = 0; i < 10; i++)
{
    value = await AddAsync(new Add(1));
}

Console.WriteLine($"the counter is {value}");
foreach (RaftServer server in network.Servers)
{
    await server.DisposeAsync();
}

// A server that does not lead refuses a proposal, and says so. Then another one is asked.
async Task<long> AddAsync(Add command)
{
    while (true)
    {
        foreach (RaftServer server in network.Servers)
        {
            try
            {
                return (await server.ProposeAsync(codec, command)).Answer;
            }
            catch (ProposalRefusedException refusal) when (refusal.Reason == ProposalRefusalReason.NotLeader)
            {
            }
        }

        await Task.Delay(20);
    }
}
