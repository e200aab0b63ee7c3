// radius-load host port secret usersfile window seconds [linger [once]]: closed loop of PAP Access-Requests with
// Message-Authenticator and Calling-Station-Id; checks the Response Authenticator of every answer.
// With `once` each line is sent once, in order, and the time ends with the lines.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <poll.h>
#include <time.h>
#include <sys/socket.h>
#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#define PER 64
static char *sec; static int sl; static unsigned char **us; static unsigned char **pw; static int n;
typedef struct { int fd; int inflight; unsigned char next; } S; typedef struct { double t; unsigned char auth[16]; int used, u; } Q;
static double now(){ struct timespec t; clock_gettime(CLOCK_MONOTONIC,&t); return t.tv_sec+t.tv_nsec/1e9; }
static EVP_MD_CTX *mc; static const EVP_MD *md5;
static void md(unsigned char*o,const void*a,int al,const void*b,int bl,const void*c,int cl,const void*d,int dl){ EVP_DigestInit_ex(mc,md5,0); if(al)EVP_DigestUpdate(mc,a,al); if(bl)EVP_DigestUpdate(mc,b,bl); if(cl)EVP_DigestUpdate(mc,c,cl); if(dl)EVP_DigestUpdate(mc,d,dl); EVP_DigestFinal_ex(mc,o,0);}
static unsigned long long rs=88172645463325252ULL; static unsigned long long rnd(){ rs^=rs<<13; rs^=rs>>7; rs^=rs<<17; return rs; }
static int cmp(const void*a,const void*b){ float x=*(float*)a,y=*(float*)b; return x<y?-1:x>y; }
int main(int c,char**v){ sec=v[3]; sl=strlen(sec); int win=atoi(v[5]); double secs=atof(v[6]),linger=c>7?atof(v[7]):8; int once=c>8; FILE*f=fopen(v[4],"r"); char a[256],b[256]; us=malloc(8*1000000); pw=malloc(8*1000000);
 while(fscanf(f,"%255s %255s",a,b)==2){ us[n]=(void*)strdup(a); pw[n]=(void*)strdup(b); n++; }
 md5=EVP_md5(); mc=EVP_MD_CTX_new(); RAND_bytes((void*)&rs,8); int ns=(win+PER-1)/PER; S*s=calloc(ns,sizeof(S)); Q(*q)[256]=calloc(ns,sizeof(*q)); struct pollfd*p=calloc(ns,sizeof(*p));
 struct sockaddr_in sa={.sin_family=AF_INET,.sin_port=htons(atoi(v[2]))}; inet_pton(AF_INET,v[1],&sa.sin_addr);
 for(int i=0;i<ns;i++){ s[i].fd=socket(AF_INET,SOCK_DGRAM,0); int z=4<<20; setsockopt(s[i].fd,SOL_SOCKET,SO_RCVBUF,&z,4); connect(s[i].fd,(void*)&sa,sizeof sa); p[i].fd=s[i].fd; p[i].events=POLLIN; }
 long ok=0,rej=0,bad=0,lost=0; int fl=0,u=once?-1:rnd()%n; float*lat=malloc(4*20000000L); long nl=0; double t0=now(),end=t0+secs,t;
 while(1){ t=now(); if(once&&u==n-1&&t<end&&fl==0){ end=t; secs=t-t0; } int stop=t>=end; if(stop&&(fl==0||t>end+linger))break;
  if(!stop) for(int i=0;i<ns;i++) while(fl<win&&s[i].inflight<PER&&!(once&&u==n-1)){ int id; do{id=s[i].next++;}while(q[i][id].used); Q*x=&q[i][id]; x->used=1; x->u=u=(u+1)%n; unsigned long long r1=rnd(),r2=rnd(); memcpy(x->auth,&r1,8); memcpy(x->auth+8,&r2,8);
    unsigned char k[512]; int o=20; int l=strlen((char*)us[u]); k[0]=1;k[1]=id; memcpy(k+4,x->auth,16); k[o++]=1;k[o++]=l+2; memcpy(k+o,us[u],l); o+=l; l=strlen((char*)pw[u]); int pl=(l+15)/16*16; if(!pl)pl=16; k[o++]=2;k[o++]=pl+2; unsigned char pp[128]={0}; memcpy(pp,pw[u],l);
    unsigned char h[16]; for(int j=0;j<pl;j+=16){ md(h,sec,sl,j?k+o+j-16:x->auth,16,0,0,0,0); for(int m=0;m<16;m++)k[o+j+m]=pp[j+m]^h[m]; } o+=pl;
    unsigned char nas[]={4,6,127,0,0,1,31,11,'1','9','2','.','0','.','2','.','7'}; memcpy(k+o,nas,17); o+=17; k[o]=80;k[o+1]=18; memset(k+o+2,0,16); int ma=o+2; o+=18; k[2]=o>>8;k[3]=o; unsigned hl=16; HMAC(md5,sec,sl,k,o,k+ma,&hl);
    x->t=now(); send(s[i].fd,k,o,0); s[i].inflight++; fl++; }
  poll(p,ns,200);
  for(int i=0;i<ns;i++) if(p[i].revents&POLLIN){ unsigned char k[4096]; int l; while((l=recv(s[i].fd,k,4096,MSG_DONTWAIT))>0){ Q*x=&q[i][k[1]]; if(!x->used){bad++;continue;} unsigned char h[16]; md(h,k,4,x->auth,16,k+20,l-20,sec,sl); if(memcmp(h,k+4,16)){bad++;continue;}
    t=now(); if(t<end){ if(k[0]==2)ok++; else rej++; lat[nl++]=(t-x->t)*1e3; } x->used=0; s[i].inflight--; fl--; } }
  t=now(); for(int i=0;i<ns;i++)for(int j=0;j<256;j++)if(q[i][j].used&&t-q[i][j].t>6){ lost++; q[i][j].used=0; s[i].inflight--; fl--; } }
 qsort(lat,nl,4,cmp); printf("auths %.1f 1/s\nrejects %ld n\nbad %ld n\nlost %ld n\n",ok/secs,rej,bad,lost); if(nl)printf("p50 %.3f ms\np99 %.3f ms\n",lat[nl/2],lat[(long)(nl*.99)]); return 0; }
