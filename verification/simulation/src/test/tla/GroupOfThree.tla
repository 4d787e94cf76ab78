---------------------------- MODULE GroupOfThree ----------------------------
(***************************************************************************)
(* Election, fencing and synchronous backup of a sync-worker group.        *)
(*                                                                         *)
(* There is no clock.  The lock may be lost at any moment, whoever holds   *)
(* it; a node may crash, lose what it had not synced, or lose its disk at  *)
(* any moment; a master may go on without noticing that it was replaced;   *)
(* requests to the lock service take effect late or never, its replies and *)
(* the acks of followers arrive late, twice or never.                      *)
(*                                                                         *)
(* docs/model.md tells what is left out and why that is sound.             *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
    Node,        \* the configured nodes of the group
    Client,      \* clients that upload changes, each numbers its own from 1
    Nobody,      \* no node, no client
    MaxEpoch,    \* bound: promotions
    MaxIndex,    \* bound: changes of the record, its creation counted
    MaxLog,      \* bound: entries of a log
    MaxVersion,  \* bound: changes of a client
    MaxWipes,    \* bound: disks lost
    Copies,      \* whether a lost disk may be replaced by an older copy of itself, or only by an empty one
    Off          \* what is switched off to see that it is needed: see Rules

Rules == {
    "rule 1",           \* any node promotes itself
    "rule 2",           \* promotion takes the lock, and writes the record in a second call
    "rule 4",           \* promotion leaves the epoch as it is
    "rule 5",           \* followers accept frames of older epochs
    "rule 6",           \* followers and new masters promise an epoch in memory only
    "rule 7",           \* followers ack what is not yet synced
    "rule 7 epoch",     \* masters count acks of other epochs
    "rule 7 store",     \* masters count acks of another disk of the same node
    "rule 8 late",      \* a proposed member is required only when the outcome is known
    "rule 8 early",     \* a member that is proposed to go is not required from then on
    "rule 9",           \* a node is proposed whatever it has acked
    "rule 9 inherited", \* ... if it has what this master committed, not what it inherited
    "rule 10",          \* an old reply about the record ends the change in flight
    "rule 11",          \* a wiped disk keeps its store id
    "no-op",            \* a new master serves at once, without an entry of its own
    "new reign"         \* a master that crashed goes on in its epoch, if the record still names it
}

ASSUME Off \subseteq Rules

VARIABLES
    records,   \* all values that the record has had; a value's index is its place here
    requests,  \* sets of members that may still be written at the record's present index
    lock,      \* who held `leader` last
    disk,      \* of each node: what survives a crash
    memory,    \* of each node: what does not
    acks,      \* sent by followers, the highest of each (epoch, node, disk)
    acked      \* committed, so perhaps acknowledged to a client

vars == <<records, requests, lock, disk, memory, acks, acked>>

-----------------------------------------------------------------------------
(* Values.                                                                 *)

(* A no-op has client Nobody and version 0. *)
Entry == [epoch : 1..MaxEpoch, client : Client \cup {Nobody}, version : 0..MaxVersion]

(* A store is a node and the how-many-th disk of it: stands for a random store id. *)
Store == Node \X (1..MaxWipes + 1)

Record == [epoch : 0..MaxEpoch, master : Node \cup {Nobody}, members : SUBSET Store]

(* `log` is what the node reads as its log; only its first `synced` entries survive a crash. *)
Disk == [number : 1..MaxWipes + 1, log : Seq(Entry), synced : 0..MaxLog, promised : 0..MaxEpoch]

Memory == [
    promised : 0..MaxEpoch,    \* as on disk, unless rule 6 is off
    elected : 0..MaxEpoch,     \* epoch of a promotion in the record that did not begin yet, 0: none
    reign : 0..MaxEpoch,       \* epoch in which the node is master, 0: it is not
    known : 0..MaxIndex,       \* index of the record that it acts on, as master
    proposed : SUBSET Store,   \* members in flight, {}: none
    commit : 0..MaxLog,        \* of the reign: last committed entry, 0: none yet
    read : 0..MaxIndex         \* between the two calls that a promotion is without rule 2
]

Ack == [epoch : 1..MaxEpoch, node : Node, disk : 1..MaxWipes + 1, last : 0..MaxLog]

(* `by` is the first epoch, not the first in time, whose master committed it. *)
Committed == [at : 1..MaxLog, entry : Entry, by : 1..MaxEpoch]

Booted(promise) == [promised |-> promise, elected |-> 0, reign |-> 0, known |-> 0,
                    proposed |-> {}, commit |-> 0, read |-> 0]

Last(sequence) == sequence[Len(sequence)]
Max(a, b) == IF a > b THEN a ELSE b
Max0(numbers) == IF numbers = {} THEN 0 ELSE CHOOSE x \in numbers : \A y \in numbers : x >= y
Seen(rule) == rule \in Off

StoreOf(n) == <<n, disk[n].number>>

(* Whether two disks of one node have the same store id. *)
SameStore(a, b) == a = b \/ Seen("rule 11")

IsMember(store, members) == \E m \in members : m[1] = store[1] /\ SameStore(m[2], store[2])

-----------------------------------------------------------------------------
(* What a master knows and requires.                                       *)

Members(m) == records[memory[m].known].members

Required(m) ==
    LET proposed == memory[m].proposed IN
    CASE proposed = {} -> Members(m)
      [] Seen("rule 8 late") -> Members(m)
      [] Seen("rule 8 early") -> proposed
      [] OTHER -> Members(m) \cup proposed

(* Whether, as far as the master can tell, a store has the entries up to a number. *)
Covers(m, store, number) ==
    IF store = StoreOf(m)
    THEN disk[m].synced >= number
    ELSE \E a \in acks :
        /\ a.node = store[1]
        /\ SameStore(a.disk, store[2]) \/ Seen("rule 7 store")
        /\ a.epoch = memory[m].reign \/ Seen("rule 7 epoch")
        /\ a.last >= number

(* How many entries the master had when its reign began. *)
Inherited(m) == Max0({i \in 1..Len(disk[m].log) : disk[m].log[i].epoch < memory[m].reign})

(* What a new member must have: all that may have been committed, by this master or before it. *)
Floor(m) ==
    IF Seen("rule 9 inherited") THEN memory[m].commit ELSE Max(memory[m].commit, Inherited(m))

(* The applied state, and what the master itself has in flight, tell which changes are integrated. *)
Integrated(m, client) ==
    Max0({disk[m].log[i].version : i \in {j \in 1..Len(disk[m].log) :
        /\ disk[m].log[j].client = client
        /\ j <= memory[m].commit \/ disk[m].log[j].epoch = memory[m].reign}})

(* The first commit of a reign is that of its no-op, which commits all that it inherited. *)
Serves(m) == memory[m].reign > 0 /\ (memory[m].commit > 0 \/ Seen("no-op"))

(* By the epoch tables: an entry of the same epoch and number means the same entries up to it. *)
CommonPrefix(a, b) ==
    Max0({i \in 1..Len(a) : i <= Len(b) /\ a[i].epoch = b[i].epoch})

(* Acks that nobody waits for any more after a node's reign. *)
AcksWithout(n) ==
    IF Seen("rule 7 epoch") THEN acks ELSE {a \in acks : a.epoch # memory[n].reign}

With(ack, others) ==
    LET same == {a \in others : a.epoch = ack.epoch /\ a.node = ack.node /\ a.disk = ack.disk} IN
    IF \E a \in same : a.last >= ack.last THEN others ELSE (others \ same) \cup {ack}

-----------------------------------------------------------------------------
(* Lock service.                                                           *)

NextEpoch(record) == IF Seen("rule 4") THEN Max(record.epoch, 1) ELSE record.epoch + 1

MayPromote(n, record) ==
    /\ memory[n].reign = 0
    /\ memory[n].elected = 0
    /\ IsMember(StoreOf(n), record.members) \/ Seen("rule 1")
    /\ NextEpoch(record) <= MaxEpoch
    /\ Len(records) < MaxIndex

(* The record after a promotion.  Requests at the index before can not succeed any more. *)
Elect(n, base) ==
    /\ records' = Append(records, [epoch |-> NextEpoch(base), master |-> n, members |-> base.members])
    /\ requests' = {}
    /\ memory' = [memory EXCEPT ![n].elected = NextEpoch(base), ![n].known = Len(records) + 1, ![n].read = 0]

(*
 * Rule 2: lock and compare-and-set in one transaction.  It does not ask whether the lock is free: its holder may have
 * lost it the moment before, and a lock that is lost and not taken changes nothing.
 *)
Promote(n) ==
    /\ ~Seen("rule 2")
    /\ MayPromote(n, Last(records))
    /\ Elect(n, Last(records))
    /\ lock' = n
    /\ UNCHANGED <<disk, acks, acked>>

(* Without rule 2: the lock in a first call ... *)
TakeLock(n) ==
    /\ Seen("rule 2")
    /\ MayPromote(n, Last(records))
    /\ lock' = n
    /\ memory' = [memory EXCEPT ![n].read = Len(records)]
    /\ UNCHANGED <<records, requests, disk, acks, acked>>

(* ... and the record in a second, in the belief that the lock protects it. *)
WriteRecord(n) ==
    /\ memory[n].read > 0
    /\ MayPromote(n, records[memory[n].read])
    /\ Elect(n, records[memory[n].read])
    /\ UNCHANGED <<lock, disk, acks, acked>>

(* Without a new reign after a crash: the node can not know any more what it already sent in that epoch. *)
Resume(n) ==
    /\ Seen("new reign")
    /\ memory[n].reign = 0
    /\ memory[n].elected = 0
    /\ Last(records).master = n
    /\ IsMember(StoreOf(n), Last(records).members)
    /\ Len(disk[n].log) < MaxLog
    /\ memory' = [memory EXCEPT ![n].elected = Last(records).epoch, ![n].known = Len(records)]
    /\ UNCHANGED <<records, requests, lock, disk, acks, acked>>

(* A membership change takes effect, perhaps long after its master has gone. *)
ApplyRequest ==
    /\ Len(records) < MaxIndex
    /\ \E members \in requests :
        records' = Append(records, [Last(records) EXCEPT !.members = members])
    /\ requests' = {}
    /\ UNCHANGED <<lock, disk, memory, acks, acked>>

-----------------------------------------------------------------------------
(* Masters.                                                                *)

(* Persists the promise, appends the no-op. *)
Begin(n) ==
    LET epoch == memory[n].elected IN
    /\ epoch > 0
    /\ Len(disk[n].log) < MaxLog
    /\ disk' = [disk EXCEPT
        ![n].promised = IF Seen("rule 6") THEN @ ELSE epoch,
        ![n].log = IF Seen("no-op") THEN @ ELSE Append(@, [epoch |-> epoch, client |-> Nobody, version |-> 0])]
    /\ memory' = [memory EXCEPT ![n].promised = epoch, ![n].elected = 0, ![n].reign = epoch]
    /\ UNCHANGED <<records, requests, lock, acks, acked>>

(* A client uploads the change that the master expects: the first one that it has not. *)
Upload(m, client) ==
    /\ Serves(m)
    /\ Len(disk[m].log) < MaxLog
    /\ LET version == Integrated(m, client) + 1 IN
        /\ version <= MaxVersion
        /\ disk' = [disk EXCEPT ![m].log =
            Append(@, [epoch |-> memory[m].reign, client |-> client, version |-> version])]
    /\ UNCHANGED <<records, requests, lock, memory, acks, acked>>

Flush(m) ==
    /\ memory[m].reign > 0
    /\ disk[m].synced < Len(disk[m].log)
    /\ disk' = [disk EXCEPT ![m].synced = Len(disk[m].log)]
    /\ UNCHANGED <<records, requests, lock, memory, acks, acked>>

Including(committed) ==
    {a \in acked : ~\E c \in committed : c.at = a.at /\ c.entry = a.entry /\ c.by < a.by}
        \cup {c \in committed : ~\E a \in acked : a.at = c.at /\ a.entry = c.entry /\ a.by <= c.by}

(* All that every node of the required set has, if it ends with an entry of this reign. *)
Commit(m) ==
    LET log == disk[m].log
        common == {i \in memory[m].commit + 1..Len(log) :
            log[i].epoch = memory[m].reign /\ \A store \in Required(m) : Covers(m, store, i)} IN
    /\ memory[m].reign > 0
    /\ common # {}
    /\ memory' = [memory EXCEPT ![m].commit = Max0(common)]
    /\ acked' = Including({[at |-> i, entry |-> log[i], by |-> memory[m].reign] : i \in 1..Max0(common)})
    /\ UNCHANGED <<records, requests, lock, disk, acks>>

(* Stores that are connected to the master, or were. *)
Connected(m) ==
    {<<a.node, a.disk>> : a \in {b \in acks : b.epoch = memory[m].reign /\ b.node # m}}

(* Rules 8 to 10: one change at a time, at the index that the master knows.  Alone, or with one backup. *)
Propose(m) ==
    /\ memory[m].reign > 0
    /\ memory[m].proposed = {}
    /\ \E others \in {{}} \cup {{store} : store \in Connected(m)} :
        LET proposed == {StoreOf(m)} \cup others IN
        /\ proposed # Members(m)
        /\ Seen("rule 9") \/ \A store \in others : Covers(m, store, Floor(m))
        /\ memory' = [memory EXCEPT ![m].proposed = proposed]
        /\ requests' = IF memory[m].known = Len(records) THEN requests \cup {proposed} ELSE requests
    /\ UNCHANGED <<records, lock, disk, acks, acked>>

(* Rule 10: a reply, or a read, tells the record as it is or was; newer than known, so the change is decided. *)
Learn(m) ==
    /\ memory[m].reign > 0
    /\ memory[m].proposed # {}
    /\ \E index \in (IF Seen("rule 10") THEN 1 ELSE memory[m].known + 1)..Len(records) :
        /\ records[index].epoch = memory[m].reign
        /\ records[index].master = m
        /\ memory' = [memory EXCEPT ![m].known = index, ![m].proposed = {}]
    /\ UNCHANGED <<records, requests, lock, disk, acks, acked>>

-----------------------------------------------------------------------------
(* Followers.                                                              *)

(*
 * A handshake and at most one entry: the follower promises the epoch, cuts what the master does not have, appends,
 * syncs, acks.  A follower that is in line already just gets an entry.
 *)
Follow(f, m) ==
    LET epoch == memory[m].reign
        theirs == disk[m].log
        ours == disk[f].log
        common == CommonPrefix(ours, theirs) IN
    /\ f # m
    /\ epoch > memory[f].reign
    /\ epoch >= memory[f].promised \/ Seen("rule 5")
    /\ \E length \in common..common + 1 :
        /\ length <= Len(theirs)
        /\ disk' = [disk EXCEPT
            ![f].promised = IF Seen("rule 6") THEN @ ELSE Max(@, epoch),
            ![f].log = SubSeq(ours, 1, common) \o SubSeq(theirs, common + 1, length),
            ![f].synced = IF Seen("rule 7") THEN (IF @ > common THEN common ELSE @) ELSE length]
        /\ acks' = With([epoch |-> epoch, node |-> f, disk |-> disk[f].number, last |-> length], AcksWithout(f))
    /\ memory' = [memory EXCEPT ![f] =
        IF memory[f].elected > epoch
        THEN [memory[f] EXCEPT !.promised = Max(@, epoch)]
        ELSE Booted(Max(memory[f].promised, epoch))]
    /\ UNCHANGED <<records, requests, lock, acked>>

-----------------------------------------------------------------------------
(* Faults.                                                                 *)

(* The process ends, or the machine; or the master steps down and nothing is lost. *)
Crash(n) ==
    /\ memory[n] # Booted(disk[n].promised) \/ disk[n].synced < Len(disk[n].log)
    /\ \E left \in disk[n].synced..Len(disk[n].log) :
        disk' = [disk EXCEPT ![n].log = SubSeq(@, 1, left), ![n].synced = left]
    /\ memory' = [memory EXCEPT ![n] = Booted(disk[n].promised)]
    /\ acks' = AcksWithout(n)
    /\ UNCHANGED <<records, requests, lock, acked>>

RECURSIVE Sum(_)
Sum(nodes) == IF nodes = {} THEN 0 ELSE LET n == CHOOSE x \in nodes : TRUE IN disk[n].number + Sum(nodes \ {n})

(* The disk is wiped, or restored from a copy: it has a new number, whatever store id it tells. *)
Wipe(n) ==
    /\ Sum(Node) - Cardinality(Node) < MaxWipes
    /\ \E left \in 0..(IF Copies THEN disk[n].synced ELSE 0) :
        disk' = [disk EXCEPT ![n] =
            [number |-> @.number + 1, log |-> SubSeq(@.log, 1, left), synced |-> left, promised |-> 0]]
    /\ memory' = [memory EXCEPT ![n] = Booted(0)]
    /\ acks' = AcksWithout(n)
    /\ UNCHANGED <<records, requests, lock, acked>>

-----------------------------------------------------------------------------

(* After the first start: three empty disks, two members, nobody promoted yet. *)
Init ==
    /\ \E first \in {pair \in SUBSET Node : Cardinality(pair) = 2} :
        records = <<[epoch |-> 0, master |-> Nobody, members |-> {<<n, 1>> : n \in first}]>>
    /\ requests = {}
    /\ lock = Nobody
    /\ disk = [n \in Node |-> [number |-> 1, log |-> <<>>, synced |-> 0, promised |-> 0]]
    /\ memory = [n \in Node |-> Booted(0)]
    /\ acks = {}
    /\ acked = {}

Next ==
    \/ ApplyRequest
    \/ \E n \in Node :
        \/ Promote(n)
        \/ TakeLock(n)
        \/ WriteRecord(n)
        \/ Resume(n)
        \/ Begin(n)
        \/ \E client \in Client : Upload(n, client)
        \/ Flush(n)
        \/ Commit(n)
        \/ Propose(n)
        \/ Learn(n)
        \/ Crash(n)
        \/ Wipe(n)
        \/ \E m \in Node : memory[m].reign > 0 /\ Follow(n, m)

Spec == Init /\ [][Next]_vars

(* For small bounds: no disk is lost before there is something to lose. *)
WipesMatter == acked # {} \/ \A n \in Node : disk'[n].number = disk[n].number

(* Which node is called what does not matter, nor which client. *)
Symmetry == Permutations(Node) \cup Permutations(Client)

-----------------------------------------------------------------------------
(* Invariants, by their numbers in the design.                             *)

TypeOk ==
    /\ \A i \in 1..Len(records) : records[i] \in Record
    /\ requests \subseteq SUBSET Store
    /\ lock \in Node \cup {Nobody}
    /\ \A n \in Node :
        /\ disk[n].number \in 1..MaxWipes + 1
        /\ disk[n].promised \in 0..MaxEpoch
        /\ Len(disk[n].log) <= MaxLog
        /\ \A i \in 1..Len(disk[n].log) : disk[n].log[i] \in Entry
        /\ disk[n].synced \in 0..Len(disk[n].log)
        /\ memory[n].promised \in disk[n].promised..MaxEpoch
        /\ memory[n].known \in 0..Len(records)
        /\ memory[n].commit \in 0..Len(disk[n].log)
        /\ memory[n].proposed \subseteq Store
    /\ acks \subseteq Ack
    /\ \A a \in acked : a \in Committed

Intact(member) == disk[member[1]].number = member[2]

(* I1: what was acknowledged is durable in the log of every member whose store is intact. *)
AckedIsDurable ==
    \A member \in Last(records).members : Intact(member) =>
        LET d == disk[member[1]] IN
        \A a \in acked : a.at <= d.synced /\ d.log[a.at] = a.entry

(* I1 without durability and for changes only, so that nothing but a real loss breaks it. *)
NothingLost ==
    \A member \in Last(records).members : Intact(member) =>
        LET log == disk[member[1]].log IN
        \A a \in acked : a.entry.client # Nobody => a.at <= Len(log) /\ log[a.at] = a.entry

(* I3: one master per epoch. *)
OneMasterPerEpoch ==
    \A m, n \in Node : memory[m].reign > 0 /\ memory[m].reign = memory[n].reign => m = n

(* I4, for entries: no place of the history was ever shown with two contents. *)
OneHistory == \A a, b \in acked : a.at = b.at => a.entry = b.entry

(* I5: no change of a client is in a log twice. *)
IntegratedOnce ==
    \A n \in Node : \A i, j \in 1..Len(disk[n].log) :
        LET a == disk[n].log[i]
            b == disk[n].log[j] IN
        i # j /\ a.client # Nobody => <<a.client, a.version>> # <<b.client, b.version>>

(* I6: who may promote next has to have what is committed now. *)
MembersAreRequired ==
    \A m \in Node :
        memory[m].reign > 0 /\ memory[m].reign = Last(records).epoch => Last(records).members \subseteq Required(m)

(* What the epoch tables are trusted for. *)
EpochTablesTell ==
    \A m, n \in Node : \A i \in 1..Len(disk[m].log) :
        i <= Len(disk[n].log) /\ disk[m].log[i].epoch = disk[n].log[i].epoch =>
            SubSeq(disk[m].log, 1, i) = SubSeq(disk[n].log, 1, i)

-----------------------------------------------------------------------------
(* Properties of steps.                                                    *)

(* I3: epochs only rise. *)
EpochsRise == [][Last(records').epoch >= Last(records).epoch]_vars

(* I8: a promise never falls on a disk. *)
PromisesRise ==
    [][\A n \in Node : disk'[n].number = disk[n].number => disk'[n].promised >= disk[n].promised]_vars

(*
 * I7: no node, the spare neither, has to cut off what it was told to be committed, so what it may have applied.  Only
 * a master that it made a promise to can have told it.
 *)
CommittedIsNeverCut ==
    [][\A n \in Node : disk'[n].number = disk[n].number => \A a \in acked :
        a.by <= disk[n].promised /\ a.at <= disk[n].synced /\ disk[n].log[a.at] = a.entry =>
            a.at <= disk'[n].synced /\ disk'[n].log[a.at] = a.entry]_vars

-----------------------------------------------------------------------------
(* Claims that are wrong: TLC refutes them, which shows what the model can reach. *)

Changes == {a \in acked : a.entry.client # Nobody}

(* Two failovers, each to another node that serves; the third master acknowledges a change. *)
NeverAckedAfterTwoFailovers ==
    ~/\ \A epoch \in 1..3 : \E a \in acked : a.entry.epoch = epoch
     /\ \E a \in Changes : a.entry.epoch = 3
     /\ \A i \in 2..Len(records) : records[i].epoch > records[i - 1].epoch => records[i].master # records[i - 1].master

(* The first spare acknowledges a change as master. *)
NeverAckedByTheSpare ==
    ~\E a \in Changes : \E i \in 1..Len(records) :
        /\ records[i].epoch = a.entry.epoch
        /\ ~\E member \in records[1].members : member[1] = records[i].master

(* A node that lost its disk is a member again, and the master commits with it. *)
NeverBackAfterWipe ==
    ~\E m \in Node :
        /\ Serves(m)
        /\ \E member \in Members(m) : member[2] > 1
        /\ \E a \in Changes : a.entry.epoch = memory[m].reign

(* A master goes on while another one has already acknowledged something in a later epoch. *)
NeverTwoMasters ==
    ~\E m \in Node : Serves(m) /\ \E a \in Changes : a.entry.epoch > memory[m].reign

(* A change is uploaded again after it was lost unacknowledged, and acknowledged then. *)
NeverUploadedAgain ==
    ~\E a \in Changes : \E n \in Node : \E i \in 1..Len(disk[n].log) :
        LET e == disk[n].log[i] IN
        e # a.entry /\ e.client = a.entry.client /\ e.version = a.entry.version
=============================================================================
